using Akka.Dispatch;
using Gateway.Transport;

namespace Gateway.Actors.Loops;

/// <summary>
/// Runs mailboxes on the thread of one loop. A message that is told on that thread is handled right after the present callback,
/// without a lock, a wake-up or a change of threads.
/// </summary>
public sealed class LoopDispatcher : MessageDispatcher
{
    private readonly Loop _loop;

    public LoopDispatcher(MessageDispatcherConfigurator configurator, Loop loop) : base(configurator)
    {
        _loop = loop;
        Id = LoopDispatchers.Id(loop.Index);
        ShutdownTimeout = TimeSpan.FromSeconds(1);
    }

    protected override void ExecuteTask(IRunnable run) => _loop.Post(run);

    /// <summary>Nothing ends here: the loop outlives its actors.</summary>
    protected override void Shutdown() { }
}
