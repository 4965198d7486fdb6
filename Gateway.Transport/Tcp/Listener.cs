using Gateway.Transport.Linux;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Transport;

/// <summary>
/// Accepts connections on a loop, in batches. A client is let in when there are descriptors for both sides of its session. When they
/// run short, the listener stops watching its socket and looks again every <see cref="RetryDelay"/>, instead of spinning on a readiness
/// that it cannot use up; clients wait in the kernel's backlog meanwhile. Loop's thread only.
/// </summary>
public sealed unsafe class Listener : IPollable
{
    /// <summary>How long accepting pauses at a time.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    private const int MaxBatch = 64;

    /// <summary>
    /// How long accepting must go on before it counts as resumed: at the limit each client that leaves lets another in, and that is no end
    /// of the shortage.
    /// </summary>
    public static readonly TimeSpan RecoveryTime = TimeSpan.FromSeconds(1);

    private readonly IAcceptHandler _handler;
    private readonly int _slot;
    private readonly bool _farSide;
    private readonly LoopTimer _retry, _recovery;
    private int _fd;
    /// <summary>Clients to accept per turn: doubled while more are waiting, so that a lone client costs no call that finds nobody.</summary>
    private int _batch = 1;
    private bool _paused, _exhausted;

    /// <summary>Accepts clients from <paramref name="socket"/>, which it takes over.</summary>
    public Listener(Loop loop, ListeningSocket socket, IAcceptHandler handler) : this(loop, socket, handler, farSide: false)
    {
    }

    /// <summary>Accepts from <paramref name="socket"/> clients, or on the far side of a session that a client has begun.</summary>
    internal Listener(Loop loop, ListeningSocket socket, IAcceptHandler handler, bool farSide)
    {
        (Loop, Local, _handler, _farSide) = (loop, socket.Local, handler, farSide);
        (_retry, _recovery) = (new ActionTimer(Resume), new ActionTimer(Recover));
        _slot = loop.Watch(this, socket.Descriptor, Sys.EPOLLIN);
        _fd = socket.Release();
    }

    public Loop Loop { get; }

    /// <summary>The address and port that it listens on.</summary>
    public IpEndpoint Local { get; }

    /// <summary>The same socket once more, for another process to accept from. What waits in its backlog is lost with the last of the two.</summary>
    /// <exception cref="TransportException">The process has no descriptor left.</exception>
    public SafeFileHandle Duplicate() => SocketCalls.Duplicate(_fd);

    /// <summary>Accepts who waits in the backlog already, and nobody after them.</summary>
    public void AcceptWaitingAndClose()
    {
        for (var goesOn = _fd >= 0; goesOn;)
        {
            var fd = Accept(out var peer);
            if (fd >= 0)
                Hand(fd, peer);
            goesOn = fd >= 0 || GoOnAfter(Libc.Error);
        }
        Close();
    }

    /// <summary>Accepts no more; the kernel resets what waits in the backlog, unless another process has the socket too. Accepted connections stay.</summary>
    public void Close()
    {
        if (_fd < 0)
            return;
        _retry.Cancel();
        _recovery.Cancel();
        Loop.Unwatch(_slot, _fd);
        Libc.close(_fd);
        _fd = -1;
    }

    void IPollable.OnEvents(uint events)
    {
        for (var i = 0; i < _batch && _fd >= 0 && !_paused; i++)
        {
            if (!HasRoom())
            {
                Pause(Errno.EMFILE);
                return;
            }
            var fd = Accept(out var peer);
            if (fd < 0 && !GoOnAfter(Libc.Error))
            {
                _batch = 1;
                return;
            }
            if (fd >= 0)
                Hand(fd, peer);
            if (fd >= 0 && Descriptors.IsScarce(fd))
                Pause(Errno.EMFILE);
        }
        _batch = Math.Min(_batch * 2, MaxBatch);
    }

    void IPollable.OnLoopStopping() => Close();

    private int Accept(out IpEndpoint peer)
    {
        SockAddr address;
        uint length = SockAddr.Capacity;
        var fd = Libc.accept4(_fd, &address, &length, Sys.SOCK_NONBLOCK | Sys.SOCK_CLOEXEC);
        peer = fd >= 0 ? address.Get() : default;
        return fd;
    }

    private void Hand(int fd, in IpEndpoint peer)
    {
        Connection connection;
        try
        {
            connection = Connection.Adopt(Loop, fd, peer, _farSide);
        }
        catch (TransportException refused)
        {
            Libc.close(fd);
            Pause(refused.Errno);
            return;
        }
        try
        {
            _handler.OnAccepted(this, connection);
        }
        catch (Exception fault)
        {
            Loop.Report(fault);
            connection.Abort();
        }
    }

    /// <summary>Whether one more can be accepted and served. Pipes that nobody uses make room.</summary>
    private bool HasRoom()
    {
        var claim = Connection.ClaimOf(_farSide);
        if (Descriptors.HaveRoomFor(claim))
            return true;
        Loop.CloseIdlePipes();
        return Descriptors.HaveRoomFor(claim);
    }

    /// <summary>Whether accepting makes sense after this error: a client that left again (ECONNABORTED) is no reason to stop.</summary>
    private bool GoOnAfter(int errno)
    {
        if (Errno.IsExhaustion(errno))
            Pause(errno);
        return errno is not Errno.EAGAIN and not Errno.EINVAL && !_paused;
    }

    private void Pause(int errno)
    {
        if (_fd < 0)
            return;
        _paused = true;
        _recovery.Cancel();
        Loop.Rewatch(_slot, _fd, 0);
        Loop.Schedule(_retry, RetryDelay);
        if (!_exhausted)
            _handler.OnPaused(this, errno);
        _exhausted = true;
    }

    private void Resume()
    {
        if (!HasRoom() || Descriptors.AreScarce(_fd))
        {
            Loop.Schedule(_retry, RetryDelay);
            return;
        }
        _paused = false;
        Loop.Rewatch(_slot, _fd, Sys.EPOLLIN);
        Loop.Schedule(_recovery, RecoveryTime);
    }

    private void Recover()
    {
        _exhausted = false;
        _handler.OnResumed(this);
    }
}
