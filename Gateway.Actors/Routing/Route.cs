using System.Collections.Frozen;
using Gateway.Actors.Access;
using Gateway.Actors.Settings;
using Gateway.Protocol;

namespace Gateway.Actors.Routing;

/// <summary>One route, made ready for matching.</summary>
public sealed class Route
{
    private readonly IpNetwork[] _from;
    private readonly FrozenSet<string>? _users;
    private readonly int[] _listeners;
    private readonly bool _skipsMembers;

    internal Route(RouteSettings settings, int number)
    {
        Settings = settings;
        Number = number;
        _from = [.. settings.From];
        _users = settings.Users.Count > 0 ? settings.Users.ToFrozenSet(StringComparer.Ordinal) : null;
        _listeners = [.. settings.Listeners];
        _skipsMembers = settings is { IsChain: true, Transit: false };
        (To, Ports, IsDirect, IsReject) = (settings.To, settings.Ports, settings.Via == RouteSettings.Direct, settings.Via == RouteSettings.Reject);
    }

    public RouteSettings Settings { get; }

    /// <summary>Its place in the file, from 0.</summary>
    public int Number { get; }

    public string Via => Settings.Via;

    public bool IsDirect { get; }

    public bool IsReject { get; }

    public bool IsChain => !IsDirect && !IsReject;

    internal DestinationSet To { get; }

    internal PortSet Ports { get; }

    internal RouteCommands Commands => Settings.Commands;

    /// <summary>Whether the route is for this client at all, wherever it goes.</summary>
    internal bool IsFor(in Identity identity) =>
        !(_skipsMembers && identity.ViaMember)
        && (_from.Length == 0 || IsFrom(identity.Client))
        && (_users is null || (identity.User is { } user && _users.Contains(user)))
        && (_listeners.Length == 0 || _listeners.AsSpan().Contains(identity.Listener));

    private bool IsFrom(IpLiteral client)
    {
        foreach (var network in _from)
            if (network.Contains(client))
                return true;
        return false;
    }

    /// <summary><c>routes[2]: to any via direct</c>.</summary>
    public override string ToString() => $"routes[{Number}]: to {Settings.To}{(Settings.Ports.IsAll ? "" : $" ports {Settings.Ports}")} via {Via}";
}
