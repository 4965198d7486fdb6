using Gateway.Actors.Settings;
using Gateway.Protocol;

namespace Gateway.Actors.Chains;

/// <summary>For whom and for what a chain is planned.</summary>
public sealed record ChainTerms
{
    /// <summary>The client, canonical.</summary>
    public required IpLiteral Client { get; init; }

    /// <summary>The name that the client logged in with; null when it did not.</summary>
    public string? User { get; init; }

    /// <summary>The session's name at every gateway that it passes.</summary>
    public required TraceId Trace { get; init; }

    /// <summary>Where the last hop shall go; an unspecified address where that is open.</summary>
    public required SocksEndpoint Destination { get; init; }

    /// <summary>Gateways that may follow this one.</summary>
    public required int HopsLeft { get; init; }

    /// <summary>The families that a member which handed the client on asks for.</summary>
    public FamilyWish Over { get; init; }

    /// <summary>The families towards the destination. What the chain says holds, and within it what a member asks for.</summary>
    public FamilyWish Beyond(ChainSettings chain) =>
        Over != FamilyWish.Any && chain.DestinationOver is not (FamilyWish.Ipv4 or FamilyWish.Ipv6) ? Over : chain.DestinationOver;
}
