namespace Akka.Actor;

public interface IActorRefFactory
{
    /// <summary>Creates a child. Without a name it is called <c>$a</c>, <c>$b</c> and so on.</summary>
    /// <exception cref="InvalidActorNameException">The name is taken or malformed.</exception>
    /// <exception cref="Configuration.ConfigurationException">The dispatcher of the props is not configured.</exception>
    IActorRef ActorOf(Props props, string? name = null);

    ActorSelection ActorSelection(ActorPath actorPath);
    ActorSelection ActorSelection(string actorPath);
}
