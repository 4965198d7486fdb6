namespace Gateway.Node.Telemetry;

/// <summary>What came of a request.</summary>
/// <param name="IsTaken">The receiver has it.</param>
/// <param name="MayPass">It may be taken when it is sent again.</param>
/// <param name="Cause">Why it was not taken, in words.</param>
internal readonly record struct OtlpAnswer(bool IsTaken, bool MayPass, string Cause)
{
    public static OtlpAnswer Taken { get; } = new(true, false, "");
}
