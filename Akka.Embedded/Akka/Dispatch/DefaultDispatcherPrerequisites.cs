using Akka.Actor;
using Akka.Event;

namespace Akka.Dispatch;

public sealed class DefaultDispatcherPrerequisites : IDispatcherPrerequisites
{
    internal DefaultDispatcherPrerequisites(EventStream eventStream, IScheduler scheduler, Settings settings)
    {
        EventStream = eventStream;
        Scheduler = scheduler;
        Settings = settings;
    }

    public EventStream EventStream { get; }
    public IScheduler Scheduler { get; }
    public Settings Settings { get; }
}
