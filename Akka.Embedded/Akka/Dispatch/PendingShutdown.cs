namespace Akka.Dispatch;

/// <summary>A dispatcher without actors, waiting. A scheduler that stops runs these at once, so that no dispatcher outlives its system.</summary>
internal sealed class PendingShutdown(MessageDispatcher dispatcher) : IRunnable
{
    public void Run() => dispatcher.ShutdownIfEmpty();
    public void Execute() => Run();
}
