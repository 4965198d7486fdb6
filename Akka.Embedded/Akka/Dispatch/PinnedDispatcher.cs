using System.Collections.Concurrent;

namespace Akka.Dispatch;

/// <summary>Gives each actor a thread of its own, from its first turn until about <c>shutdown-timeout</c> after it has terminated.</summary>
public sealed class PinnedDispatcher : Dispatcher
{
    private readonly Lock _gate = new();
    private BlockingCollection<IRunnable>? _work;

    internal PinnedDispatcher(MessageDispatcherConfigurator configurator, string id, int throughput, TimeSpan shutdownTimeout)
        : base(configurator, id, throughput, shutdownTimeout)
    {
    }

    protected override void ExecuteTask(IRunnable run)
    {
        lock (_gate)
        {
            if (_work is null)
            {
                var work = _work = [];
                new Thread(() => RunAll(work)) { IsBackground = true, Name = Id }.Start();
            }

            _work.Add(run);
        }
    }

    protected override void Shutdown()
    {
        lock (_gate)
        {
            _work?.CompleteAdding();
            _work = null;
        }
    }

    private void RunAll(BlockingCollection<IRunnable> work)
    {
        foreach (var run in work.GetConsumingEnumerable())
        {
            try
            {
                run.Run();
            }
            catch (Exception e)
            {
                ReportFailure(e);
            }
        }
    }
}
