using Gateway.Transport.Linux;

namespace Gateway.Transport;

/// <summary>From the kernel: what is unread, and when to read on.</summary>
public sealed unsafe partial class Connection
{
    private byte[]? _kept;
    private int _unreadStart, _unreadLength;

    /// <summary>Whether the peer has sent its FIN and all before it has been read.</summary>
    public bool PeerFinished => Has(State.PeerFinished);

    /// <summary>Received and not yet consumed. Valid until the callback returns or <see cref="Consume"/> is called.</summary>
    public ReadOnlySpan<byte> Unread => (Has(State.Shared) ? _loop.Buffer : _kept).Slice(_unreadStart, _unreadLength);

    internal override bool CanSplice => _unreadLength == 0 && _pending is null;

    internal override bool IsReadable => Has(State.Readable) || _unreadLength > 0;

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

    private void PostRead()
    {
        if (Has(State.Posted) || _fd < 0)
            return;
        Set(State.Posted);
        _loop.Post(this);
    }
}
