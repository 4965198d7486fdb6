using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Associations;
using Akka.Remote.Wire;

namespace Akka.Remote;

/// <summary>
/// What connects this system to others: a listener for peers that come, an <see cref="Association"/> for each peer that something is
/// sent to, and the memory of those that were given up.
/// </summary>
internal sealed class Remoting
{
    private const int TcpUserTimeout = 18;
    private static readonly TimeSpan StalledAfter = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Address, Association> _associations = new();
    private readonly InboundLinks _inbound = new();
    private readonly RateLimit _badInput;
    private readonly RemoteActorRefProvider _provider;
    private Listener? _listener;
    private Timer? _ticker;

    public Remoting(ExtendedActorSystem system, RemoteActorRefProvider provider, RemotingSettings settings)
    {
        System = system;
        Settings = settings;
        _provider = provider;
        Log = Logging.GetLogger(system, this);
        Quarantined = new Quarantine(settings.PruneQuarantineMarkerAfter, Clock);
        _badInput = new RateLimit(5, TimeSpan.FromSeconds(10), Clock);
        LocalAddress = new Address(settings.Protocol, system.Name);
        Uid = AddressUidExtension.Uid(system);
    }

    public ExtendedActorSystem System { get; }

    public RemotingSettings Settings { get; }

    public ILoggingAdapter Log { get; }

    public Clock Clock { get; } = FailureDetector.DefaultClock;

    public Quarantine Quarantined { get; }

    /// <summary>How peers know this system.</summary>
    public Address LocalAddress { get; private set; }

    public int Uid { get; }

    public bool IsShutDown { get; private set; }

    /// <summary>Connections whose handshake is not finished.</summary>
    public int Strangers => _listener?.Strangers ?? 0;

    public static string AndMore(int suppressed) => suppressed == 0 ? "" : $" (and {suppressed} more like it)";

    /// <summary>Takes the port.</summary>
    /// <exception cref="RemoteTransportException">It cannot be had.</exception>
    public void Start()
    {
        var endpoint = new IPEndPoint(Settings.BindAddress(), Settings.Port);
        try
        {
            _listener = new Listener(this, endpoint, Settings.Backlog);
        }
        catch (SocketException e)
        {
            throw new RemoteTransportException($"Cannot listen on [{endpoint}] (akka.remote.dot-netty.tcp): {e.Message}", e);
        }

        LocalAddress = new Address(Settings.Protocol, System.Name, Settings.PublicHostname, Settings.PublicPort ?? _listener.Port);
    }

    /// <summary>Opens the door.</summary>
    public void Open()
    {
        _listener!.Start();
        _ticker = new Timer(_ => Tick(), null, Settings.TransportHeartbeatInterval, Settings.TransportHeartbeatInterval);
        Log.Info("Remoting started; listening on addresses : [{0}]", LocalAddress);
        Publish(new RemotingListenEvent([LocalAddress]));
    }

    public async Task ShutdownAsync()
    {
        if (IsShutDown)
            return;
        IsShutDown = true;
        _ticker?.Dispose();
        _listener?.Dispose();
        await Task.WhenAll(_associations.Values.Select(association => association.CloseAsync(Settings.FlushWaitOnShutdown))).ConfigureAwait(false);
        DropConnections();
        Publish(new RemotingShutdownEvent());
    }

    public void Send(object message, IActorRef? sender, RemoteActorRef recipient) => recipient.Association(this).Send(message, sender, recipient);

    public void SendSystem(ISystemMessage message, RemoteActorRef recipient) => recipient.Association(this).SendSystem(message, recipient);

    public Association AssociationWith(Address peer) => _associations.GetOrAdd(peer, static (address, remoting) => new Association(remoting, address), this);

    /// <summary>The actor of that path, here or elsewhere.</summary>
    public IActorRef Resolve(string path) => _provider.ResolveActorRef(path);

    public void DeadLetter(object message, IActorRef? sender, IActorRef recipient) =>
        System.DeadLetters.Tell(new DeadLetter(message, sender ?? System.DeadLetters, recipient), sender ?? System.DeadLetters);

    /// <summary>Gives up on that incarnation for good; without a uid only what waits for the address is dropped.</summary>
    public void QuarantinePeer(Address peer, int? uid)
    {
        if (_associations.TryGetValue(peer, out var association) && (uid is null || association.PeerUid is null || association.PeerUid == uid))
            association.Quarantined();
        if (uid is null || !Quarantined.Add(peer, uid.Value))
            return;
        _inbound.Drop(peer, uid);
        Publish(new QuarantinedEvent(peer, uid.Value));
    }

    /// <summary>Ends every connection, as a broken network does; associations begin again by themselves.</summary>
    public void DropConnections()
    {
        foreach (var association in _associations.Values)
            association.DropConnection();
        _inbound.DropAll();
    }

    public void QuarantinedBy(Address peer) => Publish(new ThisActorSystemQuarantinedEvent(LocalAddress, peer));

    /// <summary>What speaks against a peer that knows the secret; null: nothing.</summary>
    public RefusalReason? Judge(Hello hello)
    {
        if (Quarantined.Contains(hello.From, hello.Uid))
            return RefusalReason.Quarantined;
        return _inbound.HasRoomFor(hello.From) ? null : RefusalReason.Full;
    }

    /// <summary>Listens to a peer until its connection ends.</summary>
    public async Task AdmitAsync(Connection connection, Hello hello)
    {
        var link = _inbound.Add(hello.From, hello.Uid, inbox => new InboundLink(this, connection, hello.From, inbox));
        if (_associations.TryGetValue(hello.From, out var association))
            association.OpenGate();
        await link.RunAsync().ConfigureAwait(false);
        _inbound.Ended(link);
    }

    public async Task<Connection> ConnectAsync(Address peer, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            Tune(socket);
            await socket.ConnectAsync(peer.Host.Trim('[', ']'), peer.Port!.Value, cancel).ConfigureAwait(false);
            var connection = new Connection(socket, Handshake.MaximumFrame);
            if (Settings.Tls is { } tls)
                await connection.SecureAsync(tls.DialAsync, cancel).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Tune(Socket socket)
    {
        socket.NoDelay = Settings.TcpNoDelay;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, Settings.TcpKeepAlive);
        if (Settings.SendBufferSize is { } send)
            socket.SendBufferSize = send;
        if (Settings.ReceiveBufferSize is { } receive)
            socket.ReceiveBufferSize = receive;

        // Without it a connection over a dead link lingers for a quarter of an hour, and hides the healed link behind it.
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, TcpUserTimeout, BitConverter.GetBytes((int)StalledAfter.TotalMilliseconds));
    }

    public bool MayLogBadInput(out int suppressed) => _badInput.TryPass(out suppressed);

    /// <summary>Tells whoever listens on the event stream, and the log.</summary>
    public void Publish(RemotingLifecycleEvent lifecycleEvent)
    {
        System.EventStream.Publish(lifecycleEvent);
        if (Settings.LogLifecycleEvents)
            Log.Log(lifecycleEvent.LogLevel(), "{0}", [lifecycleEvent]);
    }

    private void Tick()
    {
        var now = Clock();
        foreach (var association in _associations.Values)
            association.Tick(now);
    }
}
