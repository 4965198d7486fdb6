namespace Akka.Streams.Fused;

internal abstract class SourceStage<TOut> : Stage, IUpstream
{
    protected SourceStage(Island island) : base(island) => Out = island.Connect<TOut>(this);

    public Connection<TOut> Out { get; }

    public abstract void OnPull();

    public virtual void OnDownstreamFinish(Exception? cause)
    {
    }

    public override void FailStage(Exception cause) => Out.Fail(cause);
}
