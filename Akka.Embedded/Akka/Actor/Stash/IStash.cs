namespace Akka.Actor;

/// <summary>Messages put aside until the actor is ready for them.</summary>
public interface IStash
{
    /// <summary>-1 for no limit.</summary>
    int Capacity { get; }

    int Count { get; }
    bool IsEmpty { get; }
    bool NonEmpty { get; }
    bool IsFull { get; }

    /// <summary>Puts the message in hand aside.</summary>
    /// <exception cref="StashOverflowException">The stash is full.</exception>
    /// <exception cref="IllegalActorStateException">The message was put aside already.</exception>
    void Stash();

    /// <summary>Puts the oldest one back to the front of the mailbox.</summary>
    void Unstash();

    /// <summary>Puts all back to the front of the mailbox, in their order.</summary>
    void UnstashAll();

    /// <summary>Puts those back that match; the others are dropped.</summary>
    void UnstashAll(Func<Envelope, bool> predicate);

    /// <summary>Takes all out.</summary>
    IEnumerable<Envelope> ClearStash();

    /// <summary>Puts these before those put aside so far.</summary>
    void Prepend(IEnumerable<Envelope> envelopes);
}
