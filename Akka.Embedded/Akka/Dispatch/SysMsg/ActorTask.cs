namespace Akka.Dispatch.SysMsg;

/// <summary>A continuation of an asynchronous handler, coming back to its actor.</summary>
public sealed class ActorTask(Task task) : SystemMessage
{
    public Task Task { get; } = task;
}
