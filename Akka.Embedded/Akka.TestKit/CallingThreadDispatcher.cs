using Akka.Dispatch;

namespace Akka.TestKit;

/// <summary>Runs an actor on the thread of whoever tells it something, so that a tell to it has been handled when it returns.</summary>
public class CallingThreadDispatcher(MessageDispatcherConfigurator configurator) : MessageDispatcher(configurator)
{
    /// <summary>The dispatcher id under which <see cref="TestKitBase.DefaultConfig"/> declares it.</summary>
    public new static string Id = "akka.test.calling-thread-dispatcher";

    protected override void ExecuteTask(IRunnable run) => run.Run();

    protected override void Shutdown()
    {
    }
}
