using System.Runtime.CompilerServices;
using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>Some places of a <see cref="MessageQueue"/>, filled once from the first to the last, or again after <see cref="TryReuse"/>.</summary>
internal sealed class MessageSegment(int capacity)
{
    private readonly MessageSlot[] _slots = new MessageSlot[capacity];
    private MessageSegment? _next;
    private int _claimed; // beyond the capacity: a producer found it full, and the next segment is or will be linked

    public MessageSlot[] Slots => _slots;

    /// <summary>The next one as soon as a producer has linked it; this one itself once it was left behind.</summary>
    public MessageSegment? Next => Volatile.Read(ref _next);

    /// <summary>More than <see cref="Slots"/> has if messages went or are about to go to the next segment.</summary>
    public int Claimed => Volatile.Read(ref _claimed);

    /// <summary>From any thread. False if it is full. A full fence: what the caller reads afterwards is not older than the claim.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAdd(object message, IActorRef? sender)
    {
        var slots = _slots;
        var place = Interlocked.Increment(ref _claimed) - 1;
        if ((uint)place >= (uint)slots.Length)
            return false;
        ref var slot = ref slots[place];
        slot.Sender = sender;
        Volatile.Write(ref slot.Message, message);
        return true;
    }

    /// <summary>From any thread, for the last segment, once full: the one behind it, made if need be.</summary>
    public MessageSegment Append(int capacity)
    {
        if (Next is { } next)
            return next;
        var made = new MessageSegment(capacity);
        return Interlocked.CompareExchange(ref _next, made, null) ?? made;
    }

    /// <summary>For the consumer that goes on to the next: a dead segment in an old generation must not keep the young ones behind it alive.</summary>
    public void LeaveBehind() => Volatile.Write(ref _next, this);

    /// <summary>For the consumer that has taken all: empties the segment unless a producer has turned to the next one.</summary>
    public bool TryReuse() => Interlocked.CompareExchange(ref _claimed, 0, _slots.Length) == _slots.Length;
}
