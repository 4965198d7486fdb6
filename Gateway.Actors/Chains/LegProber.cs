using Gateway.Actors.Members;
using Gateway.Actors.Reloading;
using Gateway.Protocol;
using SocksLib;

namespace Gateway.Actors.Chains;

/// <summary>
/// Brings legs of this node back into use: when the time of an ejected one has come it asks the server at its end for an answer to a greeting.
/// That also serves the other members, who hear of the result. Lives on one network's thread, until its network ends.
/// </summary>
internal sealed class LegProber
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Func<SettingsInForce, INetwork> _networks;
    private readonly SettingsBoard _settings;
    private readonly TopologyBoard _board;
    private readonly LegHealth _legs;
    private readonly TimeProvider _time;

    private SettingsInForce _inForce;
    private INetwork _network;

    private LegProber(Func<SettingsInForce, INetwork> networks, SettingsBoard settings, TopologyBoard board, LegHealth legs, TimeProvider time) =>
        (_networks, _settings, _inForce, _network, _board, _legs, _time) = (networks, settings, settings.Current, networks(settings.Current), board, legs, time);

    /// <summary>Begins; to be called on the network's thread.</summary>
    /// <param name="networks">The way out under some settings; always the same thread's.</param>
    public static void Start(Func<SettingsInForce, INetwork> networks, SettingsBoard settings, TopologyBoard board, LegHealth legs, TimeProvider time) =>
        new LegProber(networks, settings, board, legs, time).Look();

    private void Look()
    {
        var now = _time.GetElapsedTime(0);
        if (_settings.Current is var current && current != _inForce)
            (_inForce, _network) = (current, _networks(current));
        foreach (var (leg, _, due) in _legs.Ejected)
            if (leg.From == _inForce.Settings.Node.Name && now >= due && ServerAt(leg) is { } server && _legs.TryBeginTrial(leg, now))
                GreetingProbe.Start(_network, server, Over(leg), Patience, (outcome, took) => _legs.Report(leg, outcome, took, _time.GetElapsedTime(0)));
        _network.Schedule(Interval, Look);
    }

    /// <summary>Null when the name is of nobody that this node knows.</summary>
    private SocksEndpoint? ServerAt(Leg leg)
    {
        if (_board.Current.Find(leg.To) is { } member)
            return member.Endpoints.Select(endpoint => (LiteralEndpoint?)endpoint.Canonical).FirstOrDefault(endpoint => endpoint!.Value.Address.Family == leg.Family) is { } found
                ? SocksEndpoint.From(found)
                : null;
        return _inForce.Settings.Gateways.TryGetValue(leg.To, out var gateway) ? gateway.Address : null;
    }

    private static FamilyWish Over(Leg leg) => leg.Family switch
    {
        IpFamily.V4 => FamilyWish.Ipv4,
        IpFamily.V6 => FamilyWish.Ipv6,
        _ => FamilyWish.Any,
    };
}
