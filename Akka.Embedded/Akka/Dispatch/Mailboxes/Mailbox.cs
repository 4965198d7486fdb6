using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// An actor's messages and its turn on the dispatcher. It is queued there at most once at a time, and each run takes all system
/// messages, then up to throughput + 1 user messages with the system messages between them.
/// </summary>
public class Mailbox : IRunnable
{
    private const int Open = 0;
    private const int Closed = 1;
    private const int Scheduled = 2;
    private const int SuspendUnit = 4;
    private const int NotForUserMessages = ~Scheduled;

    private readonly ActorCell _cell;
    private MessageQueue _queue;
    private SystemMessage? _systemQueue;
    private volatile int _status;

    internal Mailbox(ActorCell cell) => _cell = cell;

    public MessageDispatcher Dispatcher => _cell.Dispatcher;

    internal bool IsClosed => (_status & Closed) != 0;
    internal bool IsSuspended => _status >= SuspendUnit;
    internal bool HasMessages => _queue.HasMessages;
    internal int NumberOfMessages => _queue.Count;

    /// <summary>For the actor: how many user messages it has taken, modulo 2³².</summary>
    internal int MessagesTaken => _queue.Taken;

    internal bool HasSystemMessages => Volatile.Read(ref _systemQueue) is not null and not NoMessage;

    /// <summary>From any thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Post(object message, IActorRef? sender)
    {
        if ((_status & Closed) != 0)
        {
            _cell.ToDeadLetters(message, sender);
            return;
        }

        _queue.Enqueue(message, sender);
        var status = _status;
        if (status == Open)
            Schedule();
        else if ((status & Closed) != 0)
            DrainToDeadLetters();
    }

    /// <summary>From any thread.</summary>
    internal void PostSystem(SystemMessage message)
    {
        SystemMessage? head;
        do
        {
            head = Volatile.Read(ref _systemQueue);
            if (head is NoMessage)
            {
                message.Next = null;
                _cell.SystemToDeadLetters(message);
                return;
            }

            message.Next = head;
        }
        while (Interlocked.CompareExchange(ref _systemQueue, message, head) != head);

        Schedule();
    }

    /// <summary>For the actor itself: the next message will be this one.</summary>
    internal void Prepend(object message, IActorRef? sender) => _queue.EnqueueFirst(message, sender);

    /// <summary>Queues this mailbox on its dispatcher unless it is there already. True if it was queued.</summary>
    internal bool Schedule()
    {
        int status;
        do
        {
            status = _status;
            if ((status & (Scheduled | Closed)) != 0)
                return false;
        }
        while (Interlocked.CompareExchange(ref _status, status | Scheduled, status) != status);

        if (_cell.Dispatcher.TryRun(this))
            return true;
        Interlocked.And(ref _status, ~Scheduled);
        return false;
    }

    /// <summary>Takes no user messages until resumed as often as it was suspended.</summary>
    internal void Suspend() => Interlocked.Add(ref _status, SuspendUnit);

    internal void Resume()
    {
        int status;
        do
        {
            status = _status;
            if (status < SuspendUnit)
                return;
        }
        while (Interlocked.CompareExchange(ref _status, status - SuspendUnit, status) != status);
    }

    public void Execute() => Run();

    public void Run()
    {
        var outer = ActorCell.Enter(_cell);
        try
        {
            if ((_status & Closed) == 0)
            {
                _cell.EnsureCreated();
                ProcessSystemMessages();
                ProcessMessages(_cell.Dispatcher.Throughput);
            }
        }
        finally
        {
            ActorCell.Leave(outer);
            EndTurn();
        }
    }

    /// <summary>With work left the mailbox queues up again at once; its status, which senders read, stays as it is.</summary>
    private void EndTurn()
    {
        if (HasWork && _cell.Dispatcher.TryRun(this))
            return;
        Interlocked.And(ref _status, ~Scheduled);
        if (HasWork)
            Schedule();
    }

    private bool HasWork
    {
        get
        {
            var status = _status;
            return (status & Closed) == 0 && (HasSystemMessages || (status < SuspendUnit && _queue.HasMessages));
        }
    }

    private void ProcessMessages(int left)
    {
        while ((_status & NotForUserMessages) == 0 && _queue.TryDequeue(out var message, out var sender))
        {
            _cell.Invoke(message, sender);
            if (Volatile.Read(ref _systemQueue) is not null)
                ProcessSystemMessages();
            if (left-- <= 0)
                return;
        }
    }

    private void ProcessSystemMessages()
    {
        while (!IsClosed && TakeSystemMessages() is { } message)
        {
            while (message is not null)
            {
                var next = message.Next;
                message.Next = null;
                if (IsClosed)
                    _cell.SystemToDeadLetters(message);
                else
                    _cell.InvokeSystem(message);
                message = next;
            }
        }
    }

    /// <summary>All waiting system messages, oldest first.</summary>
    private SystemMessage? TakeSystemMessages()
    {
        if (Volatile.Read(ref _systemQueue) is null or NoMessage)
            return null;
        var newest = Interlocked.Exchange(ref _systemQueue, null);
        SystemMessage? oldest = null;
        while (newest is not null)
        {
            var older = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = older;
        }

        return oldest;
    }

    /// <summary>The actor has terminated: nothing is taken any more, what is left goes to the dead letters.</summary>
    internal void Close()
    {
        Interlocked.Or(ref _status, Closed);
        for (var message = Interlocked.Exchange(ref _systemQueue, NoMessage.Closed); message is not null and not NoMessage;)
        {
            var next = message.Next;
            message.Next = null;
            _cell.SystemToDeadLetters(message);
            message = next;
        }

        DrainToDeadLetters();
    }

    /// <summary>Called by the closing actor and by senders that came too late, hence the lock.</summary>
    private void DrainToDeadLetters()
    {
        lock (this)
        {
            while (_queue.TryDequeue(out var message, out var sender))
                _cell.ToDeadLetters(message, sender);
        }
    }
}
