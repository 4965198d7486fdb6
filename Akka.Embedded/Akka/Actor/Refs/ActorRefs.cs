namespace Akka.Actor;

public static class ActorRefs
{
    public static readonly Nobody Nobody = Nobody.Instance;

    /// <summary>The absent sender. It is null; the receiver sees the dead letters as its <c>Sender</c>.</summary>
    public static readonly IActorRef NoSender = null!;
}
