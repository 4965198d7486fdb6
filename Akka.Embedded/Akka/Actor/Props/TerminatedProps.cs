namespace Akka.Actor;

/// <summary>The props of an actor that is no more.</summary>
public class TerminatedProps : Props
{
    public override ActorBase NewActor() => throw new InvalidOperationException("This actor has been terminated");
}
