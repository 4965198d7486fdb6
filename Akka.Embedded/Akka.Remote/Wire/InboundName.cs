using Akka.Actor;

namespace Akka.Remote.Wire;

/// <summary>A name that the other side has given a number, and what we found behind it.</summary>
internal sealed class InboundName(string text)
{
    public string Text => text;

    /// <summary>Whether the name means one incarnation of an actor.</summary>
    public bool HasUid { get; } = text.Contains('#');

    /// <summary>The actor of that path; null until it was looked up, and again when it is gone.</summary>
    public IInternalActorRef? Actor { get; set; }
}
