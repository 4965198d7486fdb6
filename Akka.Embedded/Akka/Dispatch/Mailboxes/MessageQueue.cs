using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>
/// Many producers, one consumer, unbounded, no buffer before the first message: a list of segments, in which a producer claims a
/// place by one increment. Segments grow while the consumer lags behind a whole one and shrink again when it does not. What the
/// consumer puts back lies before them.
/// </summary>
/// <remarks>The consumer writes <see cref="_taken"/> at every message: it lies as far as the size of an idle actor allows from what senders read.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 48)]
internal struct MessageQueue
{
    private const int FirstSegment = 2;
    private const int SmallestSegment = 8;
    private const int LargestSegment = 1024;

    /// <summary>Up to this size a segment is used again rather than let go, in messages.</summary>
    private const int KeptSegment = 16;

    [FieldOffset(0)]
    private MessageSegment? _last;      // the producers'

    [FieldOffset(16)]
    private MessageSegment? _first;     // the consumer's, but for the very first segment

    [FieldOffset(24)]
    private MessageSlot[]? _slots;      // those of the first segment, once the consumer has seen it

    [FieldOffset(32)]
    private Stack<Envelope>? _returned; // the consumer's

    [FieldOffset(40)]
    private int _takenBefore;           // all but those of the first segment

    [FieldOffset(44)]
    private int _taken;                 // of the first segment

    /// <summary>For the consumer: how many it has taken, modulo 2³².</summary>
    public readonly int Taken => _takenBefore + _taken;

    /// <summary>True if something is or is about to be written in.</summary>
    public readonly bool HasMessages =>
        _returned is { Count: > 0 } || (Volatile.Read(in _first) is { } first && first.Claimed > _taken);

    /// <summary>How many wait. Walks the segments: for the consumer, and for diagnosis.</summary>
    public readonly int Count
    {
        get
        {
            var count = (_returned?.Count ?? 0) - _taken;
            var segment = Volatile.Read(in _first);
            while (segment is not null)
            {
                count += Math.Min(segment.Claimed, segment.Slots.Length);
                segment = segment.Next is var next && next != segment ? next : null;
            }

            return count;
        }
    }

    /// <summary>From any thread. A full fence: what the caller reads afterwards is not older than the message.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enqueue(object message, IActorRef? sender)
    {
        if (Volatile.Read(ref _last) is not { } last || !last.TryAdd(message, sender))
            EnqueueBehind(message, sender);
    }

    /// <summary>Consumer only: this will be the next one taken.</summary>
    public void EnqueueFirst(object message, IActorRef? sender) => (_returned ??= new()).Push(new Envelope(message, sender!));

    /// <summary>Consumer only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryDequeue(out object message, out IActorRef? sender)
    {
        var slots = _slots;
        var place = _taken;
        if (_returned is null && slots is not null && (uint)place < (uint)slots.Length)
        {
            ref var slot = ref slots[place];
            if (Volatile.Read(ref slot.Message) is { } next)
            {
                message = next;
                sender = slot.Sender;
                slot = default;
                _taken = place + 1;
                return true;
            }
        }

        return TryDequeueNext(out message, out sender);
    }

    /// <summary>
    /// Behind a segment that was found full, and behind no other: the consumer goes on from a segment only when all its places were claimed.
    /// </summary>
    private void EnqueueBehind(object message, IActorRef? sender)
    {
        while (true)
        {
            if (Volatile.Read(ref _last) is not { } last)
            {
                last = new MessageSegment(FirstSegment);
                last = Interlocked.CompareExchange(ref _first, last, null) ?? last;
                Interlocked.CompareExchange(ref _last, last, null);
            }

            if (last.TryAdd(message, sender))
                return;
            Interlocked.CompareExchange(ref _last, last.Append(NextCapacity(last)), last);
        }
    }

    private static int NextCapacity(MessageSegment full)
    {
        var capacity = full.Slots.Length;
        var lags = Volatile.Read(ref full.Slots[0].Message) is not null;
        return Math.Clamp(lags ? capacity * 2 : capacity / 2, SmallestSegment, LargestSegment);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryDequeueNext(out object message, out IActorRef? sender)
    {
        if (_returned is not null)
        {
            if (_returned.TryPop(out var returned))
            {
                message = returned.Message;
                sender = returned.Sender;
                _takenBefore++;
                return true;
            }

            _returned = null;
        }

        message = null!;
        sender = null;
        if (Volatile.Read(ref _first) is not { } first)
            return false;
        if (_taken == first.Slots.Length && !GoOn(ref first))
            return false;
        _slots = first.Slots;
        if (first.Claimed == _taken)
            return false;
        ref var slot = ref _slots[_taken++];
        message = AwaitMessage(ref slot);
        sender = slot.Sender;
        slot = default;
        return true;
    }

    /// <summary>All of <paramref name="first"/> is taken: empties it, or turns to the next. False if nothing is or is about to be there.</summary>
    private bool GoOn(ref MessageSegment first)
    {
        if (_taken > KeptSegment || !first.TryReuse())
        {
            if (first.Claimed == _taken)
                return false;
            var next = AwaitNext(first);
            // Whoever linked it may not have come to this yet, and no producer may see a segment that was left behind as the last.
            Interlocked.CompareExchange(ref _last, next, first);
            first.LeaveBehind();
            _first = first = next;
        }

        _takenBefore += _taken;
        _taken = 0;
        return true;
    }

    /// <summary>A producer has found the segment full but was interrupted before it linked the next one.</summary>
    private static MessageSegment AwaitNext(MessageSegment full)
    {
        var spin = new SpinWait();
        MessageSegment? next;
        while ((next = full.Next) is null)
            spin.SpinOnce();
        return next;
    }

    /// <summary>A producer has claimed the place but was interrupted before it wrote the message.</summary>
    private static object AwaitMessage(ref MessageSlot slot)
    {
        var spin = new SpinWait();
        object? message;
        while ((message = Volatile.Read(ref slot.Message)) is null)
            spin.SpinOnce();
        return message;
    }
}
