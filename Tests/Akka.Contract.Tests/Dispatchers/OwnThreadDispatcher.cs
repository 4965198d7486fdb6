using Akka.Dispatch;

namespace Akka.Contract.Tests.Dispatchers;

/// <summary>Hands each run of an actor to a thread.</summary>
public sealed class OwnThreadDispatcher : MessageDispatcher
{
    private readonly OwnThread _thread;
    private readonly Action _onShutdown;

    public OwnThreadDispatcher(OwnThreadConfigurator configurator, OwnThread thread, Action onShutdown)
        : base(configurator)
    {
        (_thread, _onShutdown) = (thread, onShutdown);
        Id = configurator.Config.GetString("id", "own");
        Throughput = configurator.Config.GetInt("throughput", 10);
        ShutdownTimeout = TimeSpan.FromMilliseconds(50);
    }

    protected override void ExecuteTask(IRunnable run) => _thread.Post(run.Run);

    protected override void Shutdown() => _onShutdown();
}
