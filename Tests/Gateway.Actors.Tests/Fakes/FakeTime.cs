namespace Gateway.Actors.Tests.Fakes;

/// <summary>A clock that a test moves.</summary>
internal sealed class FakeTime : TimeProvider
{
    private long _ticks = TimeSpan.TicksPerDay;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + new TimeSpan(GetTimestamp() - TimeSpan.TicksPerDay);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
