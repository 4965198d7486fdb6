namespace Akka.Actor;

/// <summary>A selection found no actor.</summary>
public class ActorNotFoundException : AkkaException
{
    public ActorNotFoundException()
    {
    }

    public ActorNotFoundException(string? message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
