using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>Published on the event stream, ahead of the events that it is about.</summary>
internal abstract record FilterCommand(IReadOnlyList<EventFilter> Filters) : INoSerializationVerificationNeeded
{
    public sealed record Mute(IReadOnlyList<EventFilter> Filters) : FilterCommand(Filters);

    public sealed record Unmute(IReadOnlyList<EventFilter> Filters) : FilterCommand(Filters);
}
