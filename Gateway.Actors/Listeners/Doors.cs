using Gateway.Actors.Settings;
using Gateway.Transport;

namespace Gateway.Actors.Listeners;

/// <summary>All listeners of a gateway, opened before any actor lives, so that a taken port is a start-up error and nothing else.</summary>
public sealed class Doors : IDisposable
{
    private readonly List<(Door Door, ListeningSocket[] Sockets)> _doors = [];

    private Doors() { }

    public IEnumerable<Door> All => _doors.Select(entry => entry.Door);

    /// <summary>Opens every listener of the settings once per loop. A default listener whose family this machine lacks is left out.</summary>
    /// <exception cref="TransportException">An address is in use, not ours or not permitted. Nothing stays open.</exception>
    public static Doors Open(GatewaySettings settings, int loops)
    {
        var doors = new Doors();
        try
        {
            for (var number = 0; number < settings.Listeners.Count; number++)
                doors.Open(number, settings.Listeners[number], loops);
            return doors;
        }
        catch
        {
            doors.Dispose();
            throw;
        }
    }

    /// <summary>The same doors once more, at the same addresses and ports; those of before are closed.</summary>
    /// <exception cref="TransportException">Somebody else listens there. Nothing stays open.</exception>
    public Doors Reopen(int loops)
    {
        var doors = new Doors();
        try
        {
            foreach (var door in All)
                doors.Open(door.Number, door.Settings, loops, door.Local);
            return doors;
        }
        catch
        {
            doors.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The doors of other settings: a listener whose address both have keeps its sockets and its port, the others are opened. Nobody is let
    /// in or shut out by it yet.
    /// </summary>
    /// <param name="listeners">Of the other settings.</param>
    /// <param name="loops">How many accept; 0 when nobody does, and nothing is opened before <see cref="Reopen"/>.</param>
    /// <exception cref="TransportException">As <see cref="Open(GatewaySettings, int)"/>; these doors are as they were.</exception>
    internal DoorChange ChangeTo(IReadOnlyList<ListenerSettings> listeners, int loops)
    {
        var (after, opened, leaving) = (new Doors(), new Doors(), _doors.ToList());
        var found = listeners.Select(TakeLeaving).ToList();
        Dictionary<int, Door> kept = [];
        try
        {
            for (var number = 0; number < listeners.Count; number++)
            {
                if (found[number] is { } old)
                {
                    kept[old.Door.Number] = new Door(number, listeners[number], old.Door.Local);
                    after._doors.Add((kept[old.Door.Number], old.Sockets));
                }
                else if (opened.Open(number, listeners[number], loops, besides: leaving.Select(entry => entry.Door)))
                {
                    after._doors.Add(opened._doors[^1]);
                }
            }
        }
        catch
        {
            opened.Dispose();
            throw;
        }
        return new(after, kept, opened, [.. leaving.Select(entry => entry.Door)]);

        (Door Door, ListeningSocket[] Sockets)? TakeLeaving(ListenerSettings listener)
        {
            var place = leaving.FindIndex(entry => entry.Door.Settings.Address == listener.Address);
            if (place < 0)
                return null;
            var taken = leaving[place];
            leaving.RemoveAt(place);
            return taken;
        }
    }

    /// <summary>Hands over the sockets of one loop; each can be taken once.</summary>
    internal IEnumerable<(Door Door, ListeningSocket Socket)> Take(int loop) =>
        _doors.Where(entry => entry.Sockets.Length > 0).Select(entry => (entry.Door, entry.Sockets[loop]));

    /// <summary>Closes the sockets that nobody has taken.</summary>
    public void Dispose()
    {
        foreach (var (_, sockets) in _doors)
            foreach (var socket in sockets)
                socket.Dispose();
    }

    /// <param name="at">Where it listened before; where its settings say when null.</param>
    /// <param name="besides">Doors of this gateway that listen until this one does.</param>
    /// <returns>False when a default listener's family is absent.</returns>
    private bool Open(int number, ListenerSettings listener, int loops, IpEndpoint? at = null, IEnumerable<Door>? besides = null)
    {
        var local = at ?? IpEndpoint.From(listener.Address);
        try
        {
            // Between an address and its wildcard the port is free as soon as the other one of ours is gone.
            var isOurs = besides?.Any(door => door.Local.Port == local.Port && door.Local.Family == local.Family) ?? false;
            var sockets = loops == 0 ? [] : ListeningSocket.OpenShared(local, loops, mayBeOurs: isOurs);
            _doors.Add((new Door(number, listener, sockets is [var first, ..] ? first.Local : local), sockets));
            return true;
        }
        catch (TransportException absent) when (listener.MayBeAbsent && absent.IsFamilyAbsent)
        {
            return false;
        }
    }
}
