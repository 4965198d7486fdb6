namespace Akka.Actor;

/// <summary>The actor was sent <see cref="Kill"/>.</summary>
public class ActorKilledException : AkkaException
{
    public ActorKilledException()
    {
    }

    public ActorKilledException(string? message)
        : base(message)
    {
    }
}
