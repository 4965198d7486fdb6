namespace Akka.Streams.Fused;

/// <summary>An edge between two stages of an island, with one thing at a time to deliver.</summary>
internal abstract class Connection
{
    public bool IsQueued { get; set; }

    public abstract void Deliver();
}

/// <summary>
/// Demand goes up, elements come down, one at a time: idle → pulled → available → pushed → idle. Either end may close it: upstream by
/// completing or failing, after an element that is under way; downstream by cancelling, at once.
/// </summary>
internal sealed class Connection<T>(Island island) : Connection
{
    private T? _element;
    private bool _pulled;
    private bool _pullUnderWay;
    private bool _elementUnderWay;
    private bool _completed;
    private bool _cancelled;
    private bool _closed;
    private Exception? _failure;
    private Exception? _cancelCause;

    public IUpstream? Upstream { get; set; }

    public IDownstream<T>? Downstream { get; set; }

    /// <summary>Upstream may push.</summary>
    public bool IsAvailable { get; private set; }

    /// <summary>Upstream has nothing more to say, or nobody listens.</summary>
    public bool IsClosed => _completed || _cancelled;

    /// <summary>Downstream waits for an element.</summary>
    public bool IsPulled => _pulled;

    public void Pull()
    {
        if (_pulled || IsClosed) return;
        _pulled = true;
        _pullUnderWay = true;
        island.Enqueue(this);
    }

    public void Push(T element)
    {
        if (IsClosed) return;
        if (!IsAvailable) throw new InvalidOperationException("A stage pushed an element that nobody asked for.");
        IsAvailable = false;
        _element = element;
        _elementUnderWay = true;
        island.Enqueue(this);
    }

    public void Complete() => End(null);

    public void Fail(Exception cause) => End(cause);

    public void Cancel(Exception? cause = null)
    {
        if (_cancelled || _closed) return;
        _cancelled = true;
        _cancelCause = cause;
        island.Enqueue(this);
    }

    public override void Deliver()
    {
        if (_closed) return;
        if (_cancelled)
        {
            DeliverCancel();
        }
        else if (_elementUnderWay)
        {
            DeliverElement();
            if (_completed && !_closed) island.Enqueue(this);
        }
        else if (_completed)
        {
            DeliverEnd();
        }
        else if (_pullUnderWay)
        {
            _pullUnderWay = false;
            IsAvailable = true;
            Guard(Upstream!, static (stage, _) => stage.OnPull(), this);
        }
    }

    private void End(Exception? failure)
    {
        if (IsClosed) return;
        _completed = true;
        _failure = failure;
        IsAvailable = false;
        island.Enqueue(this);
    }

    private void DeliverElement()
    {
        var element = _element!;
        _element = default;
        _elementUnderWay = false;
        _pulled = false;
        try
        {
            Downstream!.OnPush(element);
        }
        catch (Exception cause)
        {
            Downstream!.FailStage(cause);
        }
    }

    private void DeliverEnd()
    {
        Close();
        Guard(Downstream!, static (stage, edge) =>
        {
            if (edge._failure is { } failure) stage.OnUpstreamFailure(failure);
            else stage.OnUpstreamFinish();
        }, this);
    }

    private void DeliverCancel()
    {
        Close();
        _element = default;
        if (!_completed) Guard(Upstream!, static (stage, edge) => stage.OnDownstreamFinish(edge._cancelCause), this);
    }

    private void Close()
    {
        _closed = true;
        island.Closed();
    }

    private static void Guard<TStage>(TStage stage, Action<TStage, Connection<T>> handler, Connection<T> edge) where TStage : ICanFail
    {
        try
        {
            handler(stage, edge);
        }
        catch (Exception cause)
        {
            stage.FailStage(cause);
        }
    }
}
