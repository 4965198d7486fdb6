using Akka.Actor;

namespace Akka.TestKit.Internal;

internal sealed class MutedEvents : IUnmutableFilter
{
    private readonly ActorSystem _system;
    private IReadOnlyList<EventFilter>? _filters;

    public MutedEvents(ActorSystem system, IReadOnlyList<EventFilter> filters)
    {
        (_system, _filters) = (system, filters);
        system.EventStream.Publish(new FilterCommand.Mute(filters));
    }

    public void Unmute()
    {
        if (Interlocked.Exchange(ref _filters, null) is { } filters)
            _system.EventStream.Publish(new FilterCommand.Unmute(filters));
    }

    public void Dispose() => Unmute();
}
