using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

/// <summary>Takes one element and cancels.</summary>
internal sealed class FirstSink<T>(Island island, Connection<T> inlet, bool orDefault) : SinkStage<T>(island, inlet)
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Result => _result.Task;

    public override void OnPush(T element)
    {
        _result.TrySetResult(element);
        In.Cancel();
    }

    public override void OnUpstreamFinish()
    {
        if (orDefault) _result.TrySetResult(default!);
        else _result.TrySetException(new NoSuchElementException("First of empty stream"));
    }

    public override void OnUpstreamFailure(Exception cause) => _result.TrySetException(cause);

    public override void PostStop(Exception? abrupt)
    {
        if (abrupt is not null) _result.TrySetException(abrupt);
    }
}
