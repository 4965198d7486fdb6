using Gateway.Protocol;

namespace Gateway.Actors.Members;

/// <summary>A connection of a member's session to the next hop of its chain, entered in <see cref="InnerLegs"/> as long as it is open.</summary>
internal sealed class InnerLeg
{
    private readonly InnerLegs _open;
    private readonly TraceId _trace;
    private readonly IpLiteral _hop;

    public InnerLeg(InnerLegs open, TraceId trace, IpLiteral hop)
    {
        (_open, _trace, _hop) = (open, trace, hop);
        open.Open(trace, hop);
    }

    public void Close() => _open.Close(_trace, _hop);
}
