using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

/// <summary>Takes every element, and has one result at the end.</summary>
internal sealed class FoldSink<TIn, TState, TResult>(Island island, Connection<TIn> inlet, TState zero, Func<TState, TIn, TState> fold, Func<TState, TResult> result)
    : SinkStage<TIn>(island, inlet)
{
    private readonly TaskCompletionSource<TResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TState _state = zero;

    public Task<TResult> Result => _result.Task;

    public override void OnPush(TIn element)
    {
        _state = fold(_state, element);
        In.Pull();
    }

    public override void OnUpstreamFinish() => _result.TrySetResult(result(_state));

    public override void OnUpstreamFailure(Exception cause) => _result.TrySetException(cause);

    public override void PostStop(Exception? abrupt)
    {
        if (abrupt is not null) _result.TrySetException(abrupt);
    }
}
