using Gateway.Actors.Routing;
using Gateway.Protocol;

namespace Gateway.Actors.Access;

/// <summary>Why a request may go on or not.</summary>
public enum DecisionReason
{
    /// <summary>A route lets it through.</summary>
    Allowed,
    /// <summary>A fellow member asks for the next hop of a chain (<see cref="Members.InnerLegs"/>); routes do not apply.</summary>
    InnerLeg,
    /// <summary>A route says reject.</summary>
    Rejected,
    /// <summary>No route matches.</summary>
    NoRoute,
    /// <summary>The destination is guarded (<see cref="GuardedNetworks"/>) and the route does not name it.</summary>
    Guarded,
}

/// <summary>What the access rules say to a request.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Route">The route that decided; null when none matches.</param>
public readonly record struct Decision(DecisionReason Reason, Route? Route)
{
    /// <summary>No route is asked.</summary>
    public static Decision InnerLeg => new(DecisionReason.InnerLeg, null);

    public bool IsAllowed => Reason is DecisionReason.Allowed or DecisionReason.InnerLeg;

    /// <summary>What the client is owed when it is not allowed (RFC 1928 §6).</summary>
    public ReplyCode Refusal => ReplyCode.NotAllowed;

    /// <summary>For logs and <c>explain</c>.</summary>
    public override string ToString() => Reason switch
    {
        DecisionReason.Allowed => $"{Route}",
        DecisionReason.InnerLeg => "the next hop of a member's chain",
        DecisionReason.Rejected => $"refused by {Route}",
        DecisionReason.Guarded => $"refused: loopback, link-local, multicast and metadata addresses must be named by a network in the route's \"to\" ({Route})",
        _ => "refused: no route matches",
    };
}
