using Gateway.Actors.Access;
using Gateway.Actors.Chains;
using Gateway.Actors.Members;
using Gateway.Actors.Settings;
using Gateway.Protocol;

namespace Gateway.Actors.Reloading;

/// <summary>
/// Shows the settings in force to whoever looks, on any thread. What outlives them passes from the old ones to the new: how many sessions lead
/// through each server, and which logins are known to be right.
/// </summary>
internal sealed class SettingsBoard
{
    private readonly TopologyBoard _topology;
    private readonly LegHealth _legs;
    private readonly EjectedServers _ejected;
    private readonly MemberKey? _key;
    private readonly TimeProvider _time;
    private volatile SettingsInForce _current;

    /// <param name="first">Validated.</param>
    /// <param name="topology">Whom chains may lead through.</param>
    /// <param name="legs">And over which legs.</param>
    /// <param name="ejected">Whom they may not lead through, because the operator says so.</param>
    /// <param name="key">The cluster's; null without one.</param>
    public SettingsBoard(GatewaySettings first, TopologyBoard topology, LegHealth legs, EjectedServers ejected, MemberKey? key, TimeProvider time)
    {
        (_topology, _legs, _ejected, _key, _time) = (topology, legs, ejected, key, time);
        _current = Make(first, new LoginCheck(first.Users), new HopLoad());
    }

    public SettingsInForce Current => _current;

    /// <summary>What sessions would take under these settings; nobody sees it before <see cref="Show"/>.</summary>
    public SettingsInForce Prepare(GatewaySettings settings) =>
        Make(settings, _current.Logins.For(settings.Users), _current.Chains.Load);

    public void Show(SettingsInForce next) => _current = next;

    private SettingsInForce Make(GatewaySettings settings, LoginCheck logins, HopLoad load) => new()
    {
        Settings = settings,
        Rules = new AccessRules(settings),
        Logins = logins,
        Chains = new ChainPlanner(settings, _topology, _legs, _ejected, _key, _time, load),
    };
}
