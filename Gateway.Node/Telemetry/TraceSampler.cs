using Gateway.Protocol;

namespace Gateway.Node.Telemetry;

/// <summary>
/// Which sessions are traced: those whose trace id, in its last 56 bits, is not below a threshold (OpenTelemetry, "TraceState: Probability
/// Sampling"). The id is the same at every gateway of a chain, so they choose alike, and one that traces fewer traces some of the others'.
/// </summary>
/// <param name="share">From 0 to 1.</param>
internal sealed class TraceSampler(double share)
{
    private const int Bits = 56;

    private readonly ulong _threshold = (ulong)((1 - share) * (1UL << Bits));

    public bool Takes(TraceId trace) => (ulong)(trace.Bits & ((1UL << Bits) - 1)) >= _threshold;
}
