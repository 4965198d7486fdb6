using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

/// <summary>At most so many tasks at once; their results leave in the order in which their elements came.</summary>
internal sealed class SelectAsyncStage<TIn, TOut>(Island island, Connection<TIn> inlet, int parallelism, Func<TIn, Task<TOut>> mapper)
    : FlowStage<TIn, TOut>(island, inlet)
{
    private readonly Queue<Task<TOut>> _tasks = new();
    private bool _finishing;

    public override void OnPush(TIn element)
    {
        var task = mapper(element);
        _tasks.Enqueue(task);
        if (!task.IsCompleted) _ = task.ContinueWith(_ => Post(PushResults), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        PushResults();
    }

    public override void OnPull() => PushResults();

    public override void OnUpstreamFinish()
    {
        _finishing = true;
        PushResults();
    }

    private void PushResults()
    {
        if (_tasks.FirstOrDefault(task => task.IsFaulted || task.IsCanceled) is { } failed)
        {
            FailStage(failed.Exception?.GetBaseException() ?? new TaskCanceledException(failed));
            return;
        }
        if (Out.IsAvailable && _tasks.TryPeek(out var first) && first.IsCompleted) Out.Push(_tasks.Dequeue().Result);
        if (_finishing && _tasks.Count == 0) Out.Complete();
        else if (_tasks.Count < parallelism) In.Pull();
    }
}
