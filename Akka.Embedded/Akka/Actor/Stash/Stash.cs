namespace Akka.Actor;

internal sealed class Stash(ActorCell cell) : IStash
{
    private readonly LinkedList<Envelope> _waiting = [];
    private int _lastEnvelope = -1;

    public int Capacity { get; } = cell.Props.Deploy.StashCapacity;
    public int Count => _waiting.Count;
    public bool IsEmpty => _waiting.Count == 0;
    public bool NonEmpty => _waiting.Count > 0;
    public bool IsFull => Capacity >= 0 && _waiting.Count >= Capacity;

    void IStash.Stash()
    {
        var message = cell.CurrentMessage;
        if (cell.CurrentEnvelopeId == _lastEnvelope)
            throw new IllegalActorStateException($"Can't stash the same message {message} more than once");
        if (IsFull)
            throw new StashOverflowException($"Couldn't enqueue message {message} to stash of {cell.Self}: its capacity is {Capacity}");
        _lastEnvelope = cell.CurrentEnvelopeId;
        _waiting.AddLast(new Envelope(message, cell.CurrentSender!));
    }

    public void Unstash()
    {
        if (_waiting.First is not { } oldest)
            return;
        _waiting.RemoveFirst();
        PutBack(oldest.Value);
    }

    public void UnstashAll() => UnstashAll(_ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        while (_waiting.Last is { } youngest)
        {
            _waiting.RemoveLast();
            if (predicate(youngest.Value))
                PutBack(youngest.Value);
        }
    }

    public IEnumerable<Envelope> ClearStash()
    {
        var all = _waiting.ToArray();
        _waiting.Clear();
        return all;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Reverse())
            _waiting.AddFirst(envelope);
    }

    private void PutBack(Envelope envelope)
    {
        if (envelope.Message is Terminated terminated)
            cell.TerminatedQueuedFor(terminated.ActorRef, null);
        cell.Mailbox.Prepend(envelope.Message, envelope.Sender);
    }
}
