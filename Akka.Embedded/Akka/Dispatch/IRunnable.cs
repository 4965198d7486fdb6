namespace Akka.Dispatch;

/// <summary>Work for a dispatcher; it can be queued on the .NET thread pool as it is.</summary>
public interface IRunnable : IThreadPoolWorkItem
{
    void Run();
}
