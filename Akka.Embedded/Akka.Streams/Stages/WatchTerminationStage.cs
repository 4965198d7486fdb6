using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

internal sealed class WatchTerminationStage<T>(Island island, Connection<T> inlet) : FlowStage<T, T>(island, inlet)
{
    private readonly TaskCompletionSource<Done> _termination = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the stream completes or is cancelled here, and faults when it fails.</summary>
    public Task<Done> Termination => _termination.Task;

    public override void OnPush(T element) => Out.Push(element);

    public override void OnUpstreamFinish()
    {
        base.OnUpstreamFinish();
        _termination.TrySetResult(Done.Instance);
    }

    public override void OnUpstreamFailure(Exception cause)
    {
        base.OnUpstreamFailure(cause);
        _termination.TrySetException(cause);
    }

    public override void OnDownstreamFinish(Exception? cause)
    {
        base.OnDownstreamFinish(cause);
        _termination.TrySetResult(Done.Instance);
    }

    public override void PostStop(Exception? abrupt)
    {
        if (abrupt is not null) _termination.TrySetException(abrupt);
    }
}
