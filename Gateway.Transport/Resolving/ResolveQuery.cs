namespace Gateway.Transport;

/// <summary>One asker's share in a lookup.</summary>
public sealed class ResolveQuery : IThreadPoolWorkItem
{
    private readonly Loop _loop;
    private volatile IResolveHandler? _handler;
    private ResolveResult? _result;

    internal ResolveQuery(Loop loop, IResolveHandler handler) => (_loop, _handler) = (loop, handler);

    internal bool IsCancelled => _handler is null;

    /// <summary>The handler hears nothing more. From the loop's thread.</summary>
    public void Cancel() => _handler = null;

    internal void Deliver(ResolveResult result)
    {
        _result = result;
        _loop.Post(this);
    }

    void IThreadPoolWorkItem.Execute() => _handler?.OnResolved(this, _result!);
}
