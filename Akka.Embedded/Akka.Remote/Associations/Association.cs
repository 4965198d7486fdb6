using System.Net.Sockets;
using System.Threading.Channels;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Wire;

namespace Akka.Remote.Associations;

/// <summary>
/// The way to one peer. It owns a connection of its own, over which only this side sends messages; the peer answers with
/// acknowledgements, and sends its messages over the connection that it opens itself.
/// <code>Idle → Connecting → Active → Gated → Idle …</code>
/// While gated, messages become dead letters; system messages wait. A peer that associates with us opens the gate early.
/// </summary>
internal sealed class Association
{
    /// <summary>How many messages may wait for a connection.</summary>
    public const int ConnectingCapacity = 20_000;

    /// <summary>How many messages may wait for a peer that reads slower than we write.</summary>
    public const int ActiveCapacity = 1_000_000;

    private readonly Remoting _remoting;
    private readonly ILoggingAdapter _log;
    private readonly Channel<Outbound> _queue = Channel.CreateUnbounded<Outbound>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SystemMessageOutbox _outbox;
    private readonly Lock _gateLock = new();
    private CancellationTokenSource? _gate;
    private Task? _run;
    private Connection? _connection;
    private int _queued;
    private volatile bool _gated;
    private volatile bool _active;
    private long _lastHeard;

    public Association(Remoting remoting, Address peer)
    {
        _remoting = remoting;
        _log = remoting.Log;
        Peer = peer;
        _outbox = new SystemMessageOutbox(remoting.Settings.SystemMessageBufferSize);
    }

    public Address Peer { get; }

    /// <summary>The incarnation that answered last; null before the first answer.</summary>
    public int? PeerUid { get; private set; }

    public void Send(object message, IActorRef? sender, RemoteActorRef recipient)
    {
        if (_gated || !Enqueue(new Outbound(message, sender, recipient)))
            _remoting.DeadLetter(message, sender, recipient);
    }

    /// <summary>Numbered, and sent again until it has arrived.</summary>
    public void SendSystem(ISystemMessage message, RemoteActorRef recipient)
    {
        if (!SystemMessageCodec.CanWrite(message))
            return;
        if (_outbox.TryAdd(message, recipient, _remoting.Clock()))
            Enqueue(new Outbound(Outbound.SystemMessages, null, null));
        else
            GiveUp($"more than {_remoting.Settings.SystemMessageBufferSize} system messages are waiting");
    }

    /// <summary>The peer is there again: whoever waits for the gate need not wait longer.</summary>
    public void OpenGate()
    {
        lock (_gateLock)
            _gate?.Cancel();
    }

    /// <summary>This incarnation is given up; another one on the same address may associate.</summary>
    public void Quarantined()
    {
        _outbox.Clear();
        DropConnection();
    }

    public void DropConnection() => _connection?.Dispose();

    /// <summary>Asks for a sign of life, and ends a connection that has given none for too long.</summary>
    public void Tick(long now)
    {
        if (_outbox.HasWaitedSince(now - (long)_remoting.Settings.InitialSystemMessageDeliveryTimeout.TotalMilliseconds) && !_active)
            GiveUp("system messages could not be delivered for too long");
        if (!_active)
            return;
        if (now - Interlocked.Read(ref _lastHeard) > _remoting.Settings.TransportPatience.TotalMilliseconds)
            DropConnection();
        else
            Enqueue(new Outbound(Outbound.Ping, null, null));
    }

    /// <summary>Sends what is waiting, and ends.</summary>
    public async Task CloseAsync(TimeSpan flushWait)
    {
        _queue.Writer.TryComplete();
        OpenGate();
        if (_run is null)
            return;
        if (!_active || await Task.WhenAny(_run, Task.Delay(flushWait)).ConfigureAwait(false) != _run)
            DropConnection();
    }

    private bool Enqueue(in Outbound item)
    {
        if (Interlocked.Increment(ref _queued) > (_active ? ActiveCapacity : ConnectingCapacity) || !_queue.Writer.TryWrite(item))
        {
            Interlocked.Decrement(ref _queued);
            return false;
        }

        if (_run is null)
            Start();
        return true;
    }

    private void Start()
    {
        lock (_gateLock)
            _run ??= Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        while (!_outbox.IsEmpty || await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            if (_remoting.IsShutDown)
                break;
            var why = "the connection was closed by the peer";
            RefusalReason? refused = null;
            try
            {
                await ConnectAsync().ConfigureAwait(false);
                await PumpAsync(_connection!).ConfigureAwait(false);
                if (_queue.Reader.Completion.IsCompleted)
                    break;
            }
            catch (Exception e)
            {
                why = e switch
                {
                    OperationCanceledException => "the peer did not answer in time",
                    ObjectDisposedException => why,
                    _ => e.Message,
                };
                refused = (e as HandshakeException)?.ByPeer;
                if (e is not (SocketException or IOException or WireException or HandshakeException or OperationCanceledException
                    or ObjectDisposedException or System.Security.Authentication.AuthenticationException))
                    _log.Error(e, "Unexpected failure of the association with [{0}]", Peer);
            }
            finally
            {
                var wasActive = _active;
                _gated = true;
                _active = false;
                _connection?.Dispose();
                _connection = null;
                if (wasActive)
                    _remoting.Publish(new DisassociatedEvent(_remoting.LocalAddress, Peer, inbound: false));
            }

            await GateAsync(why, refused).ConfigureAwait(false);
        }

        DropQueue();
    }

    private async Task ConnectAsync()
    {
        using var deadline = new CancellationTokenSource(_remoting.Settings.ConnectionTimeout);
        _connection = await _remoting.ConnectAsync(Peer, deadline.Token).ConfigureAwait(false);
        var uid = await Handshake.DialAsync(
            _connection, _remoting.LocalAddress, _remoting.Uid, Peer, _remoting.Settings.Secret,
            uid => _remoting.Quarantined.Contains(Peer, uid), deadline.Token).ConfigureAwait(false);
        PeerUid = uid;
        Interlocked.Exchange(ref _lastHeard, _remoting.Clock());
        _active = true;
        _remoting.Publish(new AssociatedEvent(_remoting.LocalAddress, Peer, inbound: false));
    }

    private async Task PumpAsync(Connection connection)
    {
        _outbox.Rewind();
        var reading = ReadAsync(connection);
        try
        {
            var writer = new EnvelopeWriter(_remoting.System, _remoting.Settings.MaximumFrameSize, _log);
            WriteSystemMessages(writer);
            do
            {
                while (Fill(writer))
                {
                    await connection.SendAsync(writer.Written).ConfigureAwait(false);
                    writer.Sent();
                }

                if (reading.IsCompleted)
                    return;
            }
            while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false));
        }
        finally
        {
            connection.Dispose();
            await reading.ConfigureAwait(false);
        }
    }

    /// <summary>Reads the peer's acknowledgements until the connection ends, and wakes the writer then.</summary>
    private async Task ReadAsync(Connection connection)
    {
        try
        {
            while (await connection.FillAsync().ConfigureAwait(false))
            {
                Interlocked.Exchange(ref _lastHeard, _remoting.Clock());
                while (connection.Frames.TryTake(out var kind, out var body))
                    Hear(kind, body);
            }
        }
        catch (Exception e) when (e is SocketException or IOException or WireException or ObjectDisposedException)
        {
            _log.Debug("The connection to [{0}] ended: {1}", Peer, e.Message);
        }
        finally
        {
            connection.Dispose();
            Enqueue(new Outbound(Outbound.Wake, null, null));
        }
    }

    private void Hear(FrameKind kind, ReadOnlySpan<byte> body)
    {
        if (kind == FrameKind.Ack)
            _outbox.Acknowledge((long)new WireReader(body).UInt64());
        else if (kind != FrameKind.Pong)
            throw new WireException($"frame {kind} from an acceptor");
    }

    /// <summary>Moves what waits into the buffer. False: there is nothing to send.</summary>
    private bool Fill(EnvelopeWriter writer)
    {
        while (!writer.IsFull && _queue.Reader.TryRead(out var item))
        {
            Interlocked.Decrement(ref _queued);
            if (ReferenceEquals(item.Message, Outbound.SystemMessages))
                WriteSystemMessages(writer);
            else if (ReferenceEquals(item.Message, Outbound.Ping))
                writer.Signal(FrameKind.Ping);
            else if (!ReferenceEquals(item.Message, Outbound.Wake))
                writer.Message(item.Message!, item.Sender, item.Recipient!);
        }

        return !writer.IsEmpty;
    }

    private void WriteSystemMessages(EnvelopeWriter writer)
    {
        while (_outbox.TryTakeUnsent(out var number, out var message, out var recipient))
            writer.SystemMessage(number, message, recipient);
    }

    private async Task GateAsync(string why, RefusalReason? refused)
    {
        var period = _remoting.Settings.RetryGateClosedFor;
        CancellationToken open;
        lock (_gateLock)
        {
            _gate = new CancellationTokenSource();
            open = _gate.Token;
        }

        if (refused == RefusalReason.Quarantined)
            _remoting.QuarantinedBy(Peer);
        if (!_remoting.IsShutDown)
        {
            _log.Warning(
                "Association with remote system {0} has failed; address is now gated for {1} ms. Reason: [{2}]", Peer, (long)period.TotalMilliseconds, why);
        }

        DropQueue();
        await Task.Delay(period, open).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gateLock)
        {
            _gate.Dispose();
            _gate = null;
        }

        _gated = false;
    }

    /// <summary>What waited for a peer that does not answer becomes dead letters; system messages stay in the outbox.</summary>
    private void DropQueue()
    {
        while (_queue.Reader.TryRead(out var item))
        {
            Interlocked.Decrement(ref _queued);
            if (item.Recipient is not null)
                _remoting.DeadLetter(item.Message!, item.Sender, item.Recipient);
        }
    }

    private void GiveUp(string why)
    {
        _log.Error("Giving up on [{0}]: {1}", Peer, why);
        _outbox.Clear();
        if (PeerUid is { } uid)
            _remoting.QuarantinePeer(Peer, uid);
    }
}
