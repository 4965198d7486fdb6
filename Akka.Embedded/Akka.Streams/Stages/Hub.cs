namespace Akka.Streams.Stages;

/// <summary>
/// What the producer and the consumers of a broadcast hub share, across their islands. Each consumer has a queue of its own; the producer
/// waits while one of them is full, and while there is no consumer.
/// </summary>
internal sealed class Hub<T>(int bufferSize)
{
    private readonly Lock _gate = new();
    private readonly List<Consumer> _consumers = [];
    private Action _resumeProducer = () => { };
    private bool _isProducerWaiting;
    private bool _hasEnded;
    private Exception? _failure;

    public void Produce(Action resume)
    {
        lock (_gate)
        {
            _resumeProducer = resume;
            _isProducerWaiting = true;
        }
        ResumeProducer();
    }

    public void Offer(T element)
    {
        Consumer[] consumers;
        lock (_gate)
        {
            foreach (var consumer in _consumers) consumer.Elements.Enqueue(element);
            consumers = [.. _consumers];
            _isProducerWaiting = true;
        }
        foreach (var consumer in consumers) consumer.Wake();
        ResumeProducer();
    }

    public void End(Exception? failure)
    {
        Consumer[] consumers;
        lock (_gate)
        {
            if (_hasEnded) return;
            (_hasEnded, _failure) = (true, failure);
            consumers = [.. _consumers];
        }
        foreach (var consumer in consumers) consumer.Wake();
    }

    /// <param name="wake">There is something new to <see cref="TryTake"/>, or the hub has ended.</param>
    public Consumer Join(Action wake)
    {
        var consumer = new Consumer(wake);
        lock (_gate) _consumers.Add(consumer);
        ResumeProducer();
        return consumer;
    }

    public void Leave(Consumer consumer)
    {
        lock (_gate) _consumers.Remove(consumer);
        ResumeProducer();
    }

    public bool TryTake(Consumer consumer, out T? element)
    {
        bool found;
        lock (_gate) found = consumer.Elements.TryDequeue(out element);
        if (found) ResumeProducer();
        return found;
    }

    /// <summary>Whether the consumer has seen all there will ever be.</summary>
    public bool HasEndedFor(Consumer consumer, out Exception? failure)
    {
        lock (_gate)
        {
            failure = _failure;
            return _hasEnded && (consumer.Elements.Count == 0 || failure is not null);
        }
    }

    private void ResumeProducer()
    {
        lock (_gate)
        {
            if (!_isProducerWaiting || _consumers.Count == 0 || _consumers.Exists(consumer => consumer.Elements.Count >= bufferSize)) return;
            _isProducerWaiting = false;
        }
        _resumeProducer();
    }

    internal sealed class Consumer(Action wake)
    {
        public Queue<T> Elements { get; } = new();

        public Action Wake { get; } = wake;
    }
}
