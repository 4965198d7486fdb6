using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Remote.Associations;

/// <summary>
/// System messages on their way to one peer. Each has a number and stays until the peer says that it has arrived; a new connection
/// begins with all that are left. Safe to use from several threads.
/// </summary>
internal sealed class SystemMessageOutbox(int capacity)
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private long _firstNumber = 1;
    private int _sent;

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
                return _entries.Count == 0;
        }
    }

    /// <summary>False: full. The peer is not to be trusted to have a consistent view any more.</summary>
    public bool TryAdd(ISystemMessage message, IActorRef recipient, long now)
    {
        lock (_lock)
        {
            if (_entries.Count == capacity)
                return false;
            _entries.Add(new Entry(message, recipient, now));
            return true;
        }
    }

    public bool TryTakeUnsent(out long number, [NotNullWhen(true)] out ISystemMessage? message, [NotNullWhen(true)] out IActorRef? recipient)
    {
        lock (_lock)
        {
            var any = _sent < _entries.Count;
            number = _firstNumber + _sent;
            message = any ? _entries[_sent].Message : null;
            recipient = any ? _entries[_sent].Recipient : null;
            _sent += any ? 1 : 0;
            return any;
        }
    }

    /// <summary>All up to this number have arrived. Numbers that were never sent count for nothing.</summary>
    public void Acknowledge(long number)
    {
        lock (_lock)
        {
            var arrived = (int)Math.Clamp(number - _firstNumber + 1, 0, _sent);
            _entries.RemoveRange(0, arrived);
            _firstNumber += arrived;
            _sent -= arrived;
        }
    }

    /// <summary>A new connection: what was not acknowledged is sent again.</summary>
    public void Rewind()
    {
        lock (_lock)
            _sent = 0;
    }

    /// <summary>The peer is given up, and with it what it has not got.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _firstNumber += _sent;
            _entries.Clear();
            _sent = 0;
        }
    }

    /// <summary>Whether something has been waiting since before <paramref name="time"/>.</summary>
    public bool HasWaitedSince(long time)
    {
        lock (_lock)
            return _entries.Count > 0 && _entries[0].Since < time;
    }

    private sealed record Entry(ISystemMessage Message, IActorRef Recipient, long Since);
}
