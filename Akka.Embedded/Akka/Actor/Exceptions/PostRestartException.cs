namespace Akka.Actor;

/// <summary>The new instance could not be made.</summary>
public class PostRestartException : ActorInitializationException
{
    public PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
        : base(actor, $"Exception post restart (original reason: {originalCause})", cause) => OriginalCause = originalCause;

    public Exception OriginalCause { get; }
}
