using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

/// <summary>Each element goes to both outlets, when both ask for one; if either cancels, the stream ends.</summary>
internal sealed class AlsoToStage<T> : FlowStage<T, T>
{
    public AlsoToStage(Island island, Connection<T> inlet) : base(island, inlet) => Side = island.Connect<T>(new SideHandler(this));

    public Connection<T> Side { get; }

    public override void OnPush(T element)
    {
        Out.Push(element);
        Side.Push(element);
    }

    public override void OnPull() => PullIfBothWait();

    public override void OnUpstreamFinish()
    {
        Out.Complete();
        Side.Complete();
    }

    public override void OnUpstreamFailure(Exception cause)
    {
        Out.Fail(cause);
        Side.Fail(cause);
    }

    public override void OnDownstreamFinish(Exception? cause)
    {
        In.Cancel(cause);
        OnUpstreamFinish();
    }

    public override void FailStage(Exception cause)
    {
        In.Cancel(cause);
        OnUpstreamFailure(cause);
    }

    private void PullIfBothWait()
    {
        if (Out.IsAvailable && Side.IsAvailable) In.Pull();
    }

    private sealed class SideHandler(AlsoToStage<T> stage) : IUpstream
    {
        public void OnPull() => stage.PullIfBothWait();

        public void OnDownstreamFinish(Exception? cause) => stage.OnDownstreamFinish(cause);

        public void FailStage(Exception cause) => stage.FailStage(cause);
    }
}
