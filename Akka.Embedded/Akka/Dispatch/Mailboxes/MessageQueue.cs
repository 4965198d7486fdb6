using System.Runtime.CompilerServices;
using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>
/// Many producers, one consumer, no buffer while empty: an intrusive linked list after Dmitry Vyukov. The last node taken stays as
/// the anchor for the next one; the first node ever is its own anchor. What the consumer puts back lies before the list.
/// </summary>
internal struct MessageQueue
{
    private MailboxNode? _newest;   // exchanged by producers
    private MailboxNode? _anchor;   // the consumer's, but for the very first node
    private MailboxNode? _returned; // the consumer's

    /// <summary>True if something is or is about to be linked in.</summary>
    public readonly bool HasMessages
    {
        get
        {
            if (_returned is not null)
                return true;
            var newest = Volatile.Read(in _newest);
            return newest is not null && (newest != _anchor || newest.Message is not null);
        }
    }

    /// <summary>How many wait. Walks the list: for the consumer, and for diagnosis.</summary>
    public readonly int Count
    {
        get
        {
            var count = 0;
            for (var node = _returned; node is not null; node = node.Next)
                count++;
            for (var node = _anchor; node is not null; node = Volatile.Read(in node.Next))
            {
                if (node.Message is not null)
                    count++;
            }

            return count;
        }
    }

    /// <summary>From any thread. A full fence: what the caller reads afterwards is not older than the message.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enqueue(MailboxNode node)
    {
        var previous = Interlocked.Exchange(ref _newest, node);
        if (previous is null)
            Volatile.Write(ref _anchor, node);
        else
            Volatile.Write(ref previous.Next, node);
    }

    /// <summary>Consumer only: <paramref name="node"/> will be the next one taken.</summary>
    public void EnqueueFirst(MailboxNode node)
    {
        node.Next = _returned;
        _returned = node;
    }

    /// <summary>Consumer only.</summary>
    public bool TryDequeue(out object message, out IActorRef? sender)
    {
        if (_returned is not null)
        {
            var returned = _returned;
            _returned = returned.Next;
            message = returned.Message!;
            sender = returned.Sender;
            return true;
        }

        var anchor = Volatile.Read(ref _anchor);
        if (anchor is null)
        {
            if (Volatile.Read(ref _newest) is null)
            {
                message = null!;
                sender = null;
                return false;
            }

            anchor = AwaitLink(ref _anchor);
        }

        if (anchor.Message is null)
        {
            var next = Volatile.Read(ref anchor.Next);
            if (next is null)
            {
                if (Volatile.Read(ref _newest) == anchor)
                {
                    message = null!;
                    sender = null;
                    return false;
                }

                next = AwaitLink(ref anchor.Next);
            }

            // A dead node in an old generation must not keep the young ones behind it alive.
            anchor.Next = null;
            _anchor = anchor = next;
        }

        message = anchor.Message!;
        sender = anchor.Sender;
        anchor.Message = null;
        anchor.Sender = null;
        return true;
    }

    /// <summary>A producer has announced its node but was interrupted before it linked it.</summary>
    private static MailboxNode AwaitLink(ref MailboxNode? link)
    {
        var spin = new SpinWait();
        MailboxNode? node;
        while ((node = Volatile.Read(ref link)) is null)
            spin.SpinOnce();
        return node;
    }
}
