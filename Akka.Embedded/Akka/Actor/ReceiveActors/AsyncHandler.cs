using Akka.Dispatch;

namespace Akka.Actor;

internal sealed class AsyncHandler<T>(Func<T, Task> handler, Predicate<T>? shouldHandle) : MessageHandler
{
    public override bool TryHandle(object message)
    {
        if (message is not T typed || (shouldHandle is not null && !shouldHandle(typed)))
            return false;
        ActorTaskScheduler.RunHandler(() => handler(typed));
        return true;
    }
}
