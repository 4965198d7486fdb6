using Gateway.Transport.Linux;

namespace Gateway.Transport;

/// <summary>
/// A TCP socket on a loop, from accept or connect to close. Its owner changes (a handler during setup, a relay afterwards), its place
/// in the loop does not. It receives into the loop's buffer and keeps only what its handler leaves unread, so an idle connection
/// holds no buffer. Loop's thread only.
/// </summary>
public sealed unsafe class Connection : Leg, IPollable, IThreadPoolWorkItem
{
    /// <summary>Octets that <see cref="Send"/> keeps back at most when the peer does not read.</summary>
    public const int SendLimit = 256 * 1024;

    private const uint Events = Sys.EPOLLIN | Sys.EPOLLRDHUP | Sys.EPOLLET;

    private readonly Loop _loop;
    private readonly IpEndpoint _peer;
    private readonly int _slot;
    private int _fd;
    private object? _owner;
    private byte[]? _kept;
    private PendingOutput? _pending;
    private int _unreadStart, _unreadLength;
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

    /// <summary>Whether the peer has sent its FIN and all before it has been read.</summary>
    public bool PeerFinished => Has(State.PeerFinished);

    /// <summary>Whether <see cref="Send"/> had to keep octets back.</summary>
    public bool HasPendingOutput => _pending is not null;

    /// <summary>Received and not yet consumed. Valid until the callback returns or <see cref="Consume"/> is called.</summary>
    public ReadOnlySpan<byte> Unread => (Has(State.Shared) ? _loop.Buffer : _kept).Slice(_unreadStart, _unreadLength);

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

    internal override bool CanSplice => _unreadLength == 0 && _pending is null;

    internal override bool IsReadable => Has(State.Readable) || _unreadLength > 0;

    internal override bool IsWritable => Has(State.Writable);

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

    /// <summary>Forgets the first <paramref name="count"/> unread octets.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public void Consume(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)_unreadLength, nameof(count));
        _unreadStart += count;
        _unreadLength -= count;
        if (_unreadLength == 0)
            (_kept, _unreadStart) = (Has(State.Shared) ? _kept : null, 0);
        if (!Has(State.Shared) && Has(State.Readable) && _owner is IConnectionHandler)
            PostRead();
    }

    /// <summary>Reads nothing until <see cref="ResumeReading"/>; the kernel slows the peer down. A reset is still noticed.</summary>
    public void PauseReading() => Set(State.Paused);

    /// <summary>Undoes <see cref="PauseReading"/>.</summary>
    public void ResumeReading()
    {
        Clear(State.Paused);
        if (Has(State.Readable))
            PostRead();
    }

    /// <summary>
    /// Sends, or keeps back what the kernel does not take. False, and nothing sent, when the connection is closed, its direction has
    /// ended or failed, or more than <see cref="SendLimit"/> octets would be kept back.
    /// </summary>
    public bool Send(ReadOnlySpan<byte> octets)
    {
        _loop.AssertCurrent();
        if (_fd < 0 || Has(State.WriteEnded) || (_pending?.Length ?? 0) + octets.Length > SendLimit)
            return false;
        var sent = _pending is null ? Write(octets) : 0;
        if (sent < 0 && sent != WouldBlock)
            return false;
        if (Math.Max(sent, 0) < octets.Length)
            (_pending ??= new PendingOutput()).Append(octets[Math.Max(sent, 0)..]);
        return true;
    }

    /// <summary>Sends FIN after all that <see cref="Send"/> took. Reading goes on.</summary>
    public override void ShutdownWrite()
    {
        if (Has(State.WriteEnded))
            return;
        Set(State.WriteEnded);
        if (_pending is null && _fd >= 0)
            Libc.shutdown(_fd, Sys.SHUT_WR);
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

    /// <summary>A posted look at what the kernel and the kept octets have to offer.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        Clear(State.Posted);
        if (_fd < 0 || _owner is not IConnectionHandler handler)
            return;
        try
        {
            if (_unreadLength > 0 && !Has(State.Paused))
                handler.OnReadable(this);
            ReadReady();
        }
        catch (Exception fault)
        {
            Fault(fault);
        }
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

    internal override int Receive(Span<byte> buffer)
    {
        if (_unreadLength > 0)
        {
            var count = Math.Min(_unreadLength, buffer.Length);
            Unread[..count].CopyTo(buffer);
            Consume(count);
            return count;
        }
        fixed (byte* p = buffer)
            return Receive(p, buffer.Length, 0);
    }

    internal override int SpliceTo(Pipe pipe) => Received(Splice(_fd, pipe.In, pipe.Capacity), 0);

    internal override int Write(ReadOnlySpan<byte> octets)
    {
        if (_pending is not null)
            return WouldBlock;
        nint count;
        fixed (byte* p = octets)
        {
            do
                count = Libc.send(_fd, p, (nuint)octets.Length, Sys.MSG_NOSIGNAL);
            while (count < 0 && Libc.Error == Errno.EINTR);
        }
        return Sent((int)count, octets.Length);
    }

    internal override int SpliceFrom(Pipe pipe) => Sent(Splice(pipe.Out, _fd, pipe.Filled), 0);

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

    /// <summary>Reads and drops up to <paramref name="count"/> octets inside the kernel; results as of <c>Receive</c>.</summary>
    internal int Discard(int count) => Receive(null, count, Sys.MSG_TRUNC);

    private void ReadReady()
    {
        while (Has(State.Readable) && !Has(State.Paused | State.PeerFinished) && _fd >= 0 && _owner is IConnectionHandler handler)
        {
            var buffer = _loop.Buffer;
            if (_unreadLength == buffer.Length)
                return;
            var kept = _unreadLength;
            Unread.CopyTo(buffer);
            int received;
            fixed (byte* p = buffer)
                received = Receive(p + kept, buffer.Length - kept, 0);
            if (received > 0)
                Show(handler, kept + received);
            else if (received == 0)
            {
                Set(State.PeerFinished);
                handler.OnPeerFinished(this);
            }
            else if (received != WouldBlock)
                End(new CloseReason(CloseKind.Failed, -received));
        }
    }

    private void Show(IConnectionHandler handler, int length)
    {
        (_unreadStart, _unreadLength) = (0, length);
        Set(State.Shared);
        try
        {
            handler.OnReadable(this);
        }
        finally
        {
            KeepUnread();
        }
    }

    /// <summary>Moves what is unread out of the loop's buffer.</summary>
    private void KeepUnread()
    {
        if (!Has(State.Shared))
            return;
        if (_unreadLength == 0)
            _kept = null;
        else
        {
            if (_kept is null || _kept.Length < _unreadLength)
                _kept = GC.AllocateUninitializedArray<byte>(_unreadLength);
            Unread.CopyTo(_kept);
        }
        _unreadStart = 0;
        Clear(State.Shared);
    }

    private void DropUnread()
    {
        (_kept, _unreadStart, _unreadLength) = (null, 0, 0);
        Clear(State.Shared);
    }

    private int Receive(byte* buffer, int length, int flags)
    {
        nint count;
        do
            count = Libc.recv(_fd, buffer, (nuint)length, flags);
        while (count < 0 && Libc.Error == Errno.EINTR);
        return Received((int)count, length);
    }

    private static int Splice(int from, int to, int length)
    {
        nint count;
        do
            count = Libc.splice(from, null, to, null, (nuint)length, Sys.SPLICE_F_MOVE | Sys.SPLICE_F_NONBLOCK);
        while (count < 0 && Libc.Error == Errno.EINTR);
        return (int)count;
    }

    /// <summary>Judges what a read returned. A read that did not fill the buffer has emptied the socket, and the next arrival is a new edge.</summary>
    private int Received(int count, int asked)
    {
        if (count < 0)
        {
            var errno = Libc.Error;
            if (errno == Errno.EAGAIN)
                Clear(State.Readable);
            return -errno;
        }
        if (count > 0 && count < asked && !Has(State.HangUp))
            Clear(State.Readable);
        return count;
    }

    private int Sent(int count, int asked)
    {
        if (count < 0)
        {
            var errno = Libc.Error;
            if (errno == Errno.EAGAIN)
                AwaitWritable();
            return -errno;
        }
        if (count < asked)
            AwaitWritable();
        return count;
    }

    private void AwaitWritable()
    {
        Clear(State.Writable);
        if (Has(State.WatchesWriting))
            return;
        Set(State.WatchesWriting);
        _loop.Rewatch(_slot, _fd, Events | Sys.EPOLLOUT);
    }

    private void FlushPending()
    {
        var pending = _pending!;
        _pending = null;
        while (pending.Length > 0 && IsWritable)
        {
            var sent = Write(pending.Octets);
            if (sent == WouldBlock)
                break;
            if (sent < 0)
                return;
            pending.Consume(sent);
        }
        if (pending.Length > 0)
        {
            _pending = pending;
            return;
        }
        if (Has(State.WriteEnded))
            Libc.shutdown(_fd, Sys.SHUT_WR);
        Handler?.OnDrained(this);
    }

    private void PostRead()
    {
        if (Has(State.Posted) || _fd < 0)
            return;
        Set(State.Posted);
        _loop.Post(this);
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
