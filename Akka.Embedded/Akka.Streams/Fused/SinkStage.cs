namespace Akka.Streams.Fused;

internal abstract class SinkStage<TIn> : Stage, IDownstream<TIn>
{
    protected SinkStage(Island island, Connection<TIn> inlet) : base(island)
    {
        In = inlet;
        In.Downstream = this;
    }

    protected Connection<TIn> In { get; }

    public override void PreStart() => In.Pull();

    public abstract void OnPush(TIn element);

    public abstract void OnUpstreamFinish();

    public abstract void OnUpstreamFailure(Exception cause);

    public override void FailStage(Exception cause)
    {
        In.Cancel(cause);
        OnUpstreamFailure(cause);
    }
}
