using Gateway.Protocol;

namespace Gateway.Actors.Settings;

/// <summary>A SOCKS5 server outside the cluster that chains may lead through.</summary>
public sealed record GatewayServerSettings
{
    /// <summary>A literal, or a name that the entry resolves itself.</summary>
    public required SocksEndpoint Address { get; init; }

    /// <summary>With <see cref="Password"/>, or null for no authentication.</summary>
    public string? Username { get; init; }

    public Secret? Password { get; init; }

    /// <summary>It answers ADDRESS ASSOCIATE, and so can be asked for the address of a name in one family.</summary>
    public bool AddressAssociate { get; init; }

    /// <summary>
    /// It keeps what arrives behind a message, as gateways of our own make do, so greeting, login and request may leave together. Costs one
    /// round trip instead of three.
    /// </summary>
    public bool OneFlight { get; init; }
}
