namespace Akka.Streams.Fused;

/// <summary>A stage with one inlet and one outlet; as it stands it passes demand, completion, failure and cancellation on.</summary>
internal abstract class FlowStage<TIn, TOut> : Stage, IUpstream, IDownstream<TIn>
{
    protected FlowStage(Island island, Connection<TIn> inlet) : base(island)
    {
        In = inlet;
        In.Downstream = this;
        Out = island.Connect<TOut>(this);
    }

    public Connection<TOut> Out { get; }

    protected Connection<TIn> In { get; }

    public abstract void OnPush(TIn element);

    public virtual void OnPull() => In.Pull();

    public virtual void OnUpstreamFinish() => Out.Complete();

    public virtual void OnUpstreamFailure(Exception cause) => Out.Fail(cause);

    public virtual void OnDownstreamFinish(Exception? cause) => In.Cancel(cause);

    public override void FailStage(Exception cause)
    {
        In.Cancel(cause);
        Out.Fail(cause);
    }

    protected void CompleteStage()
    {
        In.Cancel();
        Out.Complete();
    }
}
