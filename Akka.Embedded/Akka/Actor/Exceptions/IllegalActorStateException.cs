namespace Akka.Actor;

/// <summary>The actor did what its state does not allow.</summary>
public class IllegalActorStateException : AkkaException
{
    public IllegalActorStateException(string? message)
        : base(message)
    {
    }
}
