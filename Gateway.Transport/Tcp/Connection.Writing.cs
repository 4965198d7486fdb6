using Gateway.Transport.Linux;

namespace Gateway.Transport;

/// <summary>To the kernel, and what it does not take yet.</summary>
public sealed unsafe partial class Connection
{
    /// <summary>Octets that <see cref="Send"/> keeps back at most when the peer does not read.</summary>
    public const int SendLimit = 256 * 1024;

    private PendingOutput? _pending;

    /// <summary>Whether <see cref="Send"/> had to keep octets back.</summary>
    public bool HasPendingOutput => _pending is not null;

    internal override bool IsWritable => Has(State.Writable);

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

    private static int Splice(int from, int to, int length)
    {
        nint count;
        do
            count = Libc.splice(from, null, to, null, (nuint)length, Sys.SPLICE_F_MOVE | Sys.SPLICE_F_NONBLOCK);
        while (count < 0 && Libc.Error == Errno.EINTR);
        return (int)count;
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
}
