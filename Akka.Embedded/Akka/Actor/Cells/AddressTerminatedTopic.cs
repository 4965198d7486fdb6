using System.Collections.Concurrent;

namespace Akka.Actor;

/// <summary>Where cells that know actors on other nodes hear of nodes given up.</summary>
internal sealed class AddressTerminatedTopic : IExtension
{
    private readonly ConcurrentDictionary<IActorRef, IActorRef> _subscribers = new();

    public static AddressTerminatedTopic Get(ActorSystem system) => system.WithExtension<AddressTerminatedTopic, Provider>();

    public void Subscribe(IActorRef subscriber) => _subscribers[subscriber] = subscriber;

    public void Unsubscribe(IActorRef subscriber) => _subscribers.TryRemove(subscriber, out _);

    public void Publish(AddressTerminated message)
    {
        foreach (var (subscriber, _) in _subscribers)
            subscriber.Tell(message, ActorRefs.NoSender);
    }

    internal sealed class Provider : ExtensionIdProvider<AddressTerminatedTopic>
    {
        public override AddressTerminatedTopic CreateExtension(ExtendedActorSystem system) => new();
    }
}
