using Gateway.Actors.Access;
using Gateway.Actors.Chains;
using Gateway.Actors.Settings;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Reloading;

/// <summary>What a new session takes and keeps to its end: the settings, and the values that are made of them. A reload replaces it whole.</summary>
internal sealed class SettingsInForce
{
    public required GatewaySettings Settings { get; init; }

    public required AccessRules Rules { get; init; }

    public required LoginCheck Logins { get; init; }

    public required ChainPlanner Chains { get; init; }

    public DialerOptions Dialing => field ??= new DialerOptions
    {
        AttemptTimeout = Settings.Timeouts.Connect,
        Egress = new Egress([.. Settings.Egress.Ipv4.Select(Source)], [.. Settings.Egress.Ipv6.Select(Source)]),
    };

    public RelayOptions Relaying => field ??= new RelayOptions { IdleTimeout = Settings.Timeouts.TcpIdle };

    private static IpEndpoint Source(IpLiteral address) => IpEndpoint.From(address, 0);
}
