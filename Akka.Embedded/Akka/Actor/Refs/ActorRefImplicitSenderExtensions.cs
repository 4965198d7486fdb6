namespace Akka.Actor;

public static class ActorRefImplicitSenderExtensions
{
    /// <summary>Sends in the name of the actor that is running, or of nobody outside of actors.</summary>
    public static void Tell(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.GetCurrentSelfOrNoSender());

    /// <summary>Sends on, keeping the sender of the message in hand.</summary>
    public static void Forward(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.GetCurrentSenderOrNoSender());
}
