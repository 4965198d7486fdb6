using Gateway.Actors.Routing;

namespace Gateway.Actors.Settings;

/// <summary>How <c>socks64 socksify</c> runs programs on this machine (docs/socksify.md).</summary>
public sealed record SocksifySettings
{
    /// <summary>Null for the first listener.</summary>
    public GatewayServerSettings? Gateway { get; init; }

    /// <summary>Networks that are reached directly, beside loopback; <c>none</c> takes loopback out.</summary>
    public IReadOnlyList<string> Direct { get; init; } = [];

    /// <summary>Listening sockets listen at the gateway.</summary>
    public bool Bind { get; init; }

    public SocksifyAnswer Answer { get; init; }

    /// <summary>What the library says, and where to: <c>LEVEL</c> or <c>LEVEL:FILE</c>.</summary>
    public string Log { get; init; } = "error";

    /// <summary>Null, or what is wrong with an entry of <see cref="Direct"/>.</summary>
    public static string? ObjectionToDirect(string network) =>
        network is "none" || IpNetwork.TryParse(network, out _, out _) ? null : $"\"{network}\" is not a network such as 10.0.0.0/8, nor none";

    /// <summary>Null, or what is wrong with a <see cref="Log"/>.</summary>
    public static string? ObjectionToLog(string log) =>
        log.Split(':')[0] is "off" or "error" or "info" or "debug" ? null : $"\"{log}\" does not begin with off, error, info or debug";
}
