using System.Collections.Concurrent;
using Akka.Pattern;
using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

/// <summary>Offers come from any thread through an inbox; the island takes them into the buffer, or lets one of them wait.</summary>
internal sealed class QueueSource<T>(Island island, int bufferSize, OverflowStrategy strategy)
    : SourceStage<T>(island), ISourceQueueWithComplete<T>
{
    private readonly ConcurrentQueue<Offer> _inbox = new();
    private readonly Buffer<T> _buffer = new(bufferSize);
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Offer? _waiting;
    private bool _completing;
    private int _isWoken;
    private volatile bool _isStopped;

    public Task<IQueueOfferResult> OfferAsync(T element)
    {
        var offer = new Offer(element);
        _inbox.Enqueue(offer);
        if (Interlocked.Exchange(ref _isWoken, 1) == 0) Post(TakeOffers);
        if (_isStopped) Detach();
        return offer.Task;
    }

    public void Complete() => Post(() =>
    {
        _completing = true;
        CompleteWhenEmpty();
    });

    public void Fail(Exception ex) => Post(() =>
    {
        _completion.TrySetException(ex);
        Out.Fail(ex);
    });

    public Task WatchCompletionAsync() => _completion.Task;

    public override void OnPull()
    {
        PushNext();
        CompleteWhenEmpty();
    }

    public override void OnDownstreamFinish(Exception? cause)
    {
        _waiting?.TrySetResult(QueueOfferResult.QueueClosed.Instance);
        _waiting = null;
        _completion.TrySetResult();
    }

    public override void FailStage(Exception cause)
    {
        _completion.TrySetException(cause);
        base.FailStage(cause);
    }

    public override void PostStop(Exception? abrupt)
    {
        _isStopped = true;
        _completion.TrySetException(new StreamDetachedException());
        _waiting?.TrySetException(new StreamDetachedException());
        Detach();
    }

    private void TakeOffers()
    {
        Volatile.Write(ref _isWoken, 0);
        while (_inbox.TryDequeue(out var offer))
        {
            if (Out.IsClosed) offer.TrySetException(new StreamDetachedException());
            else Take(offer);
        }
    }

    private void Take(Offer offer)
    {
        if (_buffer.Capacity == 0) TakeDirectly(offer);
        else if (!_buffer.IsFull) Enqueue(offer);
        else if (strategy == OverflowStrategy.Backpressure) Wait(offer);
        else MakeRoom(offer);
        PushNext();
    }

    private void Enqueue(Offer offer)
    {
        _buffer.Enqueue(offer.Element);
        offer.TrySetResult(QueueOfferResult.Enqueued.Instance);
    }

    private void MakeRoom(Offer offer)
    {
        try
        {
            if (_buffer.TryMakeRoom(strategy)) Enqueue(offer);
            else offer.TrySetResult(QueueOfferResult.Dropped.Instance);
        }
        catch (BufferOverflowException overflow)
        {
            FailBy(offer, overflow);
        }
    }

    /// <summary>Without a buffer an offer waits until the element is asked for; the strategy says what becomes of a second one.</summary>
    private void TakeDirectly(Offer offer)
    {
        if (_waiting is null || Out.IsAvailable || strategy == OverflowStrategy.Backpressure)
        {
            Wait(offer);
        }
        else if (strategy is OverflowStrategy.DropHead or OverflowStrategy.DropBuffer)
        {
            _waiting.TrySetResult(QueueOfferResult.Dropped.Instance);
            _waiting = offer;
        }
        else if (strategy == OverflowStrategy.Fail)
        {
            FailBy(offer, new BufferOverflowException("Buffer overflow (max capacity was: 0)!"));
        }
        else
        {
            offer.TrySetResult(QueueOfferResult.Dropped.Instance);
        }
    }

    private void Wait(Offer offer)
    {
        if (_waiting is null) _waiting = offer;
        else offer.TrySetException(new IllegalStateException("You have to wait for previous offer to be resolved to send another request."));
    }

    private void FailBy(Offer offer, BufferOverflowException overflow)
    {
        offer.TrySetResult(new QueueOfferResult.Failure(overflow));
        FailStage(overflow);
    }

    private void PushNext()
    {
        if (!Out.IsAvailable) return;
        if (!_buffer.IsEmpty) Out.Push(_buffer.Dequeue());
        else if (_waiting is not null && _buffer.Capacity == 0) Out.Push(_waiting.Element);
        else return;
        if (_waiting is null) return;
        if (_buffer.Capacity > 0) Enqueue(_waiting);
        else _waiting.TrySetResult(QueueOfferResult.Enqueued.Instance);
        _waiting = null;
    }

    private void CompleteWhenEmpty()
    {
        if (!_completing || !_buffer.IsEmpty || _waiting is not null) return;
        _completion.TrySetResult();
        Out.Complete();
    }

    private void Detach()
    {
        while (_inbox.TryDequeue(out var offer)) offer.TrySetException(new StreamDetachedException());
    }

    private sealed class Offer(T element) : TaskCompletionSource<IQueueOfferResult>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public T Element { get; } = element;
    }
}
