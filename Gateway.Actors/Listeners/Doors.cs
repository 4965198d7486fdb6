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
                doors._doors.Add((door, ListeningSocket.OpenShared(door.Local, loops)));
            return doors;
        }
        catch
        {
            doors.Dispose();
            throw;
        }
    }

    /// <summary>Hands over the sockets of one loop; each can be taken once.</summary>
    internal IEnumerable<(Door Door, ListeningSocket Socket)> Take(int loop) =>
        _doors.Select(entry => (entry.Door, entry.Sockets[loop]));

    /// <summary>Closes the sockets that nobody has taken.</summary>
    public void Dispose()
    {
        foreach (var (_, sockets) in _doors)
            foreach (var socket in sockets)
                socket.Dispose();
    }

    private void Open(int number, ListenerSettings listener, int loops)
    {
        try
        {
            var sockets = ListeningSocket.OpenShared(IpEndpoint.From(listener.Address), loops);
            _doors.Add((new Door(number, listener, sockets[0].Local), sockets));
        }
        catch (TransportException absent) when (listener.MayBeAbsent && absent.IsFamilyAbsent)
        {
        }
    }
}
