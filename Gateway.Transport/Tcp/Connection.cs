using Gateway.Transport.Linux;

namespace Gateway.Transport;

/// <summary>
/// A TCP socket on a loop, from accept or connect to close. Its owner changes (a handler during setup, a relay afterwards), its place
/// in the loop does not. It receives into the loop's buffer and keeps only what its handler leaves unread, so an idle connection
/// holds no buffer. Loop's thread only.
/// </summary>
/// <remarks>Its life is here; what it reads and what it writes have files of their own.</remarks>
public sealed partial class Connection : Leg, IPollable, IThreadPoolWorkItem
{
    private const uint Events = Sys.EPOLLIN | Sys.EPOLLRDHUP | Sys.EPOLLET;

    private readonly Loop _loop;
    private readonly IpEndpoint _peer;
    private readonly int _slot;
    private int _fd;
    private object? _owner;
    private State _state;

    private Connection(Loop loop, int fd, in IpEndpoint peer, State state)
    {
        (_loop, _fd, _peer, _state) = (loop, fd, peer, state);
        _slot = loop.Watch(this, fd, Has(State.WatchesWriting) ? Events | Sys.EPOLLOUT : Events);
    }

    [Flags]
    private enum State : ushort
    {
        Readable = 1,
        Writable = 2,
        /// <summary>FIN or an error has arrived: no further edge will announce it, so reads go on until they meet it.</summary>
        HangUp = 4,
        PeerFinished = 8,
        Paused = 16,
        WriteEnded = 32,
        /// <summary>The unread octets lie in the loop's buffer, for the time of a callback.</summary>
        Shared = 64,
        Posted = 128,
        /// <summary>Being writable again is an event. Only asked for when it matters: a fresh socket is writable, and would say so at once.</summary>
        WatchesWriting = 256,
        /// <summary>Keepalive is on, or was never wanted.</summary>
        KeepsAlive = 512,
        /// <summary>A sweep has seen it.</summary>
        Aged = 1024,
        /// <summary>Not a client but what a client has asked for: a destination, or the peer of a BIND.</summary>
        FarSide = 2048,
    }

    public override Loop Loop => _loop;

    /// <summary>The other end.</summary>
    public IpEndpoint Peer => _peer;

    /// <summary>This end, as the kernel names it; the default value once closed.</summary>
    public IpEndpoint Local => SocketCalls.LocalEndpoint(_fd);

    public bool IsOpen => _fd >= 0;

    /// <summary>Who acts for the connection; null while nobody or a relay does. Setting it shows the handler what is unread.</summary>
    public IConnectionHandler? Handler
    {
        get => _owner as IConnectionHandler;
        set
        {
            _owner = value;
            if (Has(State.Readable) || _unreadLength > 0)
                PostRead();
        }
    }

    int IPollable.Claim => ClaimOf(Has(State.FarSide));

    /// <summary>Descriptors that a connection claims: a client two, its own and that of its session's far side, which claims none.</summary>
    internal static int ClaimOf(bool farSide) => farSide ? 0 : 2;

    /// <summary>Takes over a connected socket.</summary>
    /// <exception cref="TransportException">epoll takes no more; the socket stays the caller's.</exception>
    internal static Connection Adopt(Loop loop, int fd, in IpEndpoint peer, bool farSide = false) =>
        new(loop, fd, peer, State.Writable | State.KeepsAlive | (farSide ? State.FarSide : 0));

    /// <summary>Takes over a socket that is connecting; <paramref name="owner"/> hears when it is writable or has failed.</summary>
    /// <exception cref="TransportException">epoll takes no more; the socket stays the caller's.</exception>
    internal static Connection AdoptConnecting(Loop loop, int fd, in IpEndpoint peer, ILegOwner owner)
    {
        var connection = new Connection(loop, fd, peer, State.WatchesWriting | State.FarSide) { _owner = owner };
        loop.KeepAliveSweep.Enter();
        return connection;
    }

    /// <summary>Closes at once. Octets that the peer sent and nobody read make the kernel send a reset; see <see cref="CloseAfterReply"/>.</summary>
    public override void Close() => End(new CloseReason(CloseKind.Closed));

    /// <summary>Closes with a reset.</summary>
    public override void Abort() => End(new CloseReason(CloseKind.Aborted));

    /// <summary>
    /// Closes so that what was sent arrives: FIN, then read and discard until the peer closes, at most <paramref name="maxOctets"/>
    /// octets and <paramref name="maxTime"/>. (RFC 1928 §6 allows 10 s after a failure.) The handler hears <c>OnClosed</c> at the end.
    /// </summary>
    public void CloseAfterReply(int maxOctets = 8 * 1024 * 1024, TimeSpan? maxTime = null)
    {
        if (_fd < 0 || _owner is LingeringClose)
            return;
        Clear(State.Paused);
        DropUnread();
        ShutdownWrite();
        if (Has(State.PeerFinished) && _pending is null)
            Close();
        else
            _ = new LingeringClose(this, Handler, maxOctets, maxTime ?? TimeSpan.FromSeconds(10));
    }

    void IPollable.OnEvents(uint events)
    {
        if ((events & (Sys.EPOLLIN | Sys.EPOLLRDHUP | Sys.EPOLLHUP | Sys.EPOLLERR)) != 0)
            Set(State.Readable);
        if ((events & (Sys.EPOLLRDHUP | Sys.EPOLLHUP | Sys.EPOLLERR)) != 0)
            Set(State.HangUp);
        if ((events & (Sys.EPOLLOUT | Sys.EPOLLHUP | Sys.EPOLLERR)) != 0)
            Set(State.Writable);
        var errno = (events & Sys.EPOLLERR) != 0 ? SocketCalls.TakeError(_fd) : 0;
        try
        {
            if (_pending is not null && errno == 0)
                FlushPending();
            if (_owner is ILegOwner owner)
                owner.OnReady(this, errno);
            else if (errno != 0)
                End(new CloseReason(CloseKind.Failed, errno));
            else
                ReadReady();
        }
        catch (Exception fault)
        {
            Fault(fault);
        }
    }

    void IPollable.OnLoopStopping()
    {
        (_owner as ILegOwner)?.OnLost(this);
        End(new CloseReason(CloseKind.LoopStopped));
    }

    internal override void Attach(ILegOwner owner)
    {
        KeepUnread();
        _owner = owner;
    }

    /// <summary>The owner lets go; nobody acts for the connection until it gets a handler or a relay.</summary>
    internal void Release() => _owner = null;

    /// <summary>Turns keepalive on at the second call; true when it did.</summary>
    internal bool AgeForKeepAlive(KeepAlive keepAlive)
    {
        if (Has(State.KeepsAlive))
            return false;
        if (!Has(State.Aged))
        {
            Set(State.Aged);
            return false;
        }
        Set(State.KeepsAlive);
        keepAlive.Apply(_fd);
        return true;
    }

    private void Fault(Exception fault)
    {
        _loop.Report(fault);
        (_owner as ILegOwner)?.OnLost(this);
        End(new CloseReason(CloseKind.Faulted));
    }

    private void End(CloseReason reason)
    {
        if (_fd < 0)
            return;
        _loop.Forget(_slot);
        if (!Has(State.KeepsAlive))
            _loop.KeepAliveSweep.Leave();
        if (reason.Kind is not CloseKind.Closed)
            SocketCalls.ResetOnClose(_fd);
        Libc.close(_fd);
        _fd = -1;
        DropUnread();
        _pending = null;
        var owner = _owner;
        _owner = null;
        try
        {
            (owner as IConnectionHandler ?? (owner as LingeringClose)?.Handler)?.OnClosed(this, reason);
        }
        catch (Exception fault)
        {
            _loop.Report(fault);
        }
    }

    private bool Has(State state) => (_state & state) != 0;

    private void Set(State state) => _state |= state;

    private void Clear(State state) => _state &= ~state;
}
