using Gateway.Actors.Handover;
using Gateway.Actors.Settings;
using Gateway.Transport;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Actors.Listeners;

/// <summary>All listeners of a gateway, opened before any actor lives, so that a taken port is a start-up error and nothing else.</summary>
public sealed class Doors : IDisposable
{
    private readonly List<(Door Door, ListeningSocket[] Sockets)> _doors = [];
    private readonly int _loops;

    private Doors(int loops) => _loops = loops;

    public IEnumerable<Door> All => _doors.Select(entry => entry.Door);

    /// <summary>Opens every listener of the settings once per loop. A default listener whose family this machine lacks is left out.</summary>
    /// <param name="settings">Say where.</param>
    /// <param name="loops">How many accept.</param>
    /// <param name="handed">Listeners of a predecessor; one whose address the settings have is gone on with.</param>
    /// <exception cref="TransportException">An address is in use, not ours or not permitted. Nothing stays open.</exception>
    public static Doors Open(GatewaySettings settings, int loops, IReadOnlyList<HandedListener>? handed = null)
    {
        var doors = new Doors(loops);
        var leaving = handed?.ToList() ?? [];
        var found = settings.Listeners.Select(listener => leaving.TakeFirst(entry => entry.Address == listener.Address)).ToList();
        try
        {
            for (var number = 0; number < settings.Listeners.Count; number++)
            {
                if (found[number] is { } there)
                    doors.GoOn(number, settings.Listeners[number], there.Sockets);
                else
                    doors.Open(number, settings.Listeners[number], besides: leaving.Select(entry => IpEndpoint.From(entry.Address)));
            }
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
        var doors = new Doors(loops);
        try
        {
            foreach (var door in All)
                doors.Open(door.Number, door.Settings, door.Local);
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
    /// <exception cref="TransportException">As <see cref="Open(GatewaySettings, int, IReadOnlyList{HandedListener})"/>; these doors are as they were.</exception>
    internal DoorChange ChangeTo(IReadOnlyList<ListenerSettings> listeners, int loops)
    {
        var (after, opened, leaving) = (new Doors(loops), new Doors(loops), _doors.ToList());
        var found = listeners.Select(listener => leaving.TakeFirst(entry => entry.Door.Settings.Address == listener.Address)).ToList();
        Dictionary<int, Door> kept = [];
        try
        {
            for (var number = 0; number < listeners.Count; number++)
            {
                if (found[number] is { Door: not null } old)
                {
                    kept[old.Door.Number] = new Door(number, listeners[number], old.Door.Local);
                    after._doors.Add((kept[old.Door.Number], old.Sockets));
                }
                else if (opened.Open(number, listeners[number], besides: leaving.Select(entry => entry.Door.Local)))
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
    }

    /// <summary>Hands over the sockets of one loop, one of each door or, after a predecessor with more loops, several; each can be taken once.</summary>
    internal IEnumerable<(Door Door, ListeningSocket Socket)> Take(int loop) =>
        from entry in _doors
        from place in Enumerable.Range(0, entry.Sockets.Length)
        where place % _loops == loop
        select (entry.Door, entry.Sockets[place]);

    /// <summary>Closes the sockets that nobody has taken.</summary>
    public void Dispose()
    {
        foreach (var (_, sockets) in _doors)
            foreach (var socket in sockets)
                socket.Dispose();
    }

    /// <summary>Every socket has a backlog, so all are accepted from; a loop that none is left for gets one of its own.</summary>
    private void GoOn(int number, ListenerSettings listener, IReadOnlyList<SafeFileHandle> handed)
    {
        List<ListeningSocket> sockets = [.. handed.Select(ListeningSocket.FromDescriptor)];
        var door = new Door(number, listener, sockets[0].Local);
        _doors.Add((door, [.. sockets]));
        if (sockets.Count < _loops)
            _doors[^1] = (door, [.. sockets, .. ListeningSocket.OpenShared(door.Local, _loops - sockets.Count, mayBeOurs: true)]);
    }

    /// <param name="at">Where it listened before; where its settings say when null.</param>
    /// <param name="besides">Where this gateway listens until this door does.</param>
    /// <returns>False when a default listener's family is absent.</returns>
    private bool Open(int number, ListenerSettings listener, IpEndpoint? at = null, IEnumerable<IpEndpoint>? besides = null)
    {
        var local = at ?? IpEndpoint.From(listener.Address);
        try
        {
            // Between an address and its wildcard the port is free as soon as the other one of ours is gone.
            var isOurs = besides?.Any(other => other.Port == local.Port && other.Family == local.Family) ?? false;
            var sockets = _loops == 0 ? [] : ListeningSocket.OpenShared(local, _loops, mayBeOurs: isOurs);
            _doors.Add((new Door(number, listener, sockets is [var first, ..] ? first.Local : local), sockets));
            return true;
        }
        catch (TransportException absent) when (listener.MayBeAbsent && absent.IsFamilyAbsent)
        {
            return false;
        }
    }
}
