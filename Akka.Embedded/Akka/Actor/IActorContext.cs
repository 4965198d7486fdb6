using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>What an actor may use while it runs. Only from its own turn.</summary>
public interface IActorContext : IActorRefFactory, ICanWatch
{
    IActorRef Self { get; }
    Props Props { get; }
    IActorRef Sender { get; }
    ActorSystem System { get; }
    IActorRef Parent { get; }
    MessageDispatcher Dispatcher { get; }
    TimeSpan? ReceiveTimeout { get; }

    void Become(Receive receive);
    void BecomeStacked(Receive receive);
    void UnbecomeStacked();

    /// <summary>The child of that name, or Nobody.</summary>
    IActorRef Child(string name);

    IEnumerable<IActorRef> GetChildren();

    /// <summary>Null switches the timeout off.</summary>
    void SetReceiveTimeout(TimeSpan? timeout);

    /// <summary>Stops a child or oneself after the message in hand.</summary>
    void Stop(IActorRef child);
}
