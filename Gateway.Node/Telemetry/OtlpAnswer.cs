namespace Gateway.Node.Telemetry;

/// <summary>What came of a request.</summary>
/// <param name="IsTaken">The receiver has it.</param>
/// <param name="MayPass">It may be taken when it is sent again.</param>
/// <param name="Cause">Why it, or some of it, was not taken, in words.</param>
/// <param name="Refused">Spans, or points of metrics, that the receiver threw away of a request that it took; there is no use in sending them again.</param>
internal readonly record struct OtlpAnswer(bool IsTaken, bool MayPass, string Cause, long Refused = 0)
{
    /// <param name="response">The receiver's <c>Export…ServiceResponse</c>.</param>
    public static OtlpAnswer TakenWith(ReadOnlySpan<byte> response) =>
        OtlpPartialSuccess.TryRead(response, out var partial) && partial.Refused > 0 ? new(true, false, partial.ToString(), partial.Refused) : new(true, false, "");
}
