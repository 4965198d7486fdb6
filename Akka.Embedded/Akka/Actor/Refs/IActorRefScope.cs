namespace Akka.Actor;

public interface IActorRefScope
{
    bool IsLocal { get; }
}
