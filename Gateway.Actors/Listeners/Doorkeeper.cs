using Akka.Actor;
using Gateway.Actors.Handover;
using Gateway.Actors.Reloading;
using Gateway.Actors.Status;
using Gateway.Transport;

namespace Gateway.Actors.Listeners;

/// <summary>Closes and opens a gateway's doors at its operator's wish, and changes them with the settings; live sessions go on. Safe from any thread.</summary>
public sealed class Doorkeeper
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IActorRef _gateway;
    private volatile Doors _doors;
    private readonly int _loops;
    private readonly Action<bool> _announce;
    private readonly GatewayEvents _events;
    private readonly SemaphoreSlim _gate = new(1);
    private volatile bool _isLeaving, _isClosed;

    /// <param name="gateway">The parent of the acceptors.</param>
    /// <param name="doors">Those of the settings.</param>
    /// <param name="loops">How many accept.</param>
    /// <param name="announce">Tells the other gateways whether this one drains.</param>
    /// <param name="events">Hears of it too.</param>
    internal Doorkeeper(IActorRef gateway, Doors doors, int loops, Action<bool> announce, GatewayEvents events) =>
        (_gateway, _doors, _loops, _announce, _events) = (gateway, doors, loops, announce, events);

    /// <summary>Those of the settings in force, whether they are open or closed.</summary>
    internal Doors Doors => _doors;

    /// <summary>The gateway takes no new clients: by its operator's wish, or because it ends.</summary>
    public bool IsDraining => _isClosed || _isLeaving;

    /// <summary>Accepts no more until <see cref="OpenAsync"/>, and tells the other gateways so. Returns when nobody is accepted any more.</summary>
    /// <exception cref="InvalidOperationException">The gateway is about to end.</exception>
    public async Task CloseAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            ThrowIfLeaving();
            if (_isClosed)
                return;
            _announce(true);
            await _gateway.Ask<DoorsClosed>(CloseDoors.Instance, Patience).ConfigureAwait(false);
            _isClosed = true;
            _events.Add(GatewayEventKind.Draining, _events.Node, "takes no new clients");
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Accepts again, at the addresses and ports of before. Does nothing when the doors are open.</summary>
    /// <exception cref="TransportException">Somebody else listens there meanwhile; the doors stay closed.</exception>
    /// <exception cref="InvalidOperationException">The gateway is about to end.</exception>
    public async Task OpenAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            ThrowIfLeaving();
            if (!_isClosed)
                return;
            var open = _doors.Reopen(_loops);
            _doors = open;
            await _gateway.Ask<DoorsOpened>(new OpenDoors(open), Patience).ConfigureAwait(false);
            _isClosed = false;
            _announce(false);
            _events.Add(GatewayEventKind.Undrained, _events.Node, "takes new clients");
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Lets new sessions in under other settings, through their doors. Closed doors stay closed.</summary>
    /// <param name="settings">The others.</param>
    /// <param name="changed">Called when nothing can go wrong any more, before the first is let in.</param>
    /// <exception cref="TransportException">A new door cannot be opened. Nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">The gateway is about to end.</exception>
    internal async Task<DoorChange> ChangeAsync(SettingsInForce settings, Action changed)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            ThrowIfLeaving();
            var change = _doors.ChangeTo(settings.Settings.Listeners, _isClosed ? 0 : _loops);
            _doors = change.After;
            changed();
            await _gateway.Ask<DoorsChanged>(new ChangeDoors(settings, change), Patience).ConfigureAwait(false);
            return change;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Begins to accept at sockets that listen already.</summary>
    internal Task BeginAsync() => _gateway.Ask<DoorsOpened>(new OpenDoors(_doors), Patience);

    /// <summary>
    /// Lets another process accept from the same sockets, and then accepts no more. The doors of settings cannot change meanwhile. Whatever
    /// <paramref name="pass"/> throws leaves everything as it was.
    /// </summary>
    /// <param name="pass">Offers the sockets to the other process, and returns when that accepts, with the numbers of the doors that it goes on with.</param>
    /// <exception cref="InvalidOperationException">The gateway drains, or is about to end.</exception>
    internal async Task HandOverAsync(Func<IEnumerable<HandedListener>, Task<IReadOnlyList<int>>> pass)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            ThrowIfLeaving();
            if (_isClosed)
                throw new InvalidOperationException("the gateway drains by its operator's wish");
            var lent = await _gateway.Ask<SocketsLent>(LendSockets.Instance, Patience).ConfigureAwait(false);
            List<HandedListener> listeners = [.. lent.Sockets.GroupBy(socket => socket.Door.Number)
                .Select(door => new HandedListener(door.Key, door.First().Door.Settings.Address, [.. door.Select(socket => socket.Socket)]))];
            IReadOnlyList<int> taken;
            try
            {
                taken = await pass(listeners).ConfigureAwait(false);
            }
            finally
            {
                listeners.ForEach(listener => listener.Dispose());
            }
            _isLeaving = true;
            await _gateway.Ask<DoorsClosed>(new LeaveDoors(taken), Patience).ConfigureAwait(false);
            _events.Add(GatewayEventKind.Draining, _events.Node, "another process goes on with this gateway");
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The gateway ends: closed doors stay closed.</summary>
    internal void Leave()
    {
        _isLeaving = true;
        _announce(true);
        _events.Add(GatewayEventKind.Draining, _events.Node, "the gateway ends");
    }

    private void ThrowIfLeaving()
    {
        if (_isLeaving)
            throw new InvalidOperationException("the gateway is about to end");
    }
}
