namespace Akka.Actor;

public interface IRepointableRef : IActorRefScope
{
    bool IsStarted { get; }
}
