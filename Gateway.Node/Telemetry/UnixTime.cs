namespace Gateway.Node.Telemetry;

/// <summary>Time as OTLP has it: since 1970-01-01T00:00:00Z.</summary>
internal static class UnixTime
{
    public static ulong Nanoseconds(DateTimeOffset time) => (ulong)(time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * TimeSpan.NanosecondsPerTick;
}
