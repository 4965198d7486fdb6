using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster;

/// <summary>Turns views of the cluster into events, and brings them to those who subscribed, in order.</summary>
internal sealed class EventPublisher : UntypedActor
{
    private readonly Cluster _cluster;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<IActorRef, HashSet<Type>> _subscribers = [];
    private readonly List<Action> _onUp = [];
    private readonly List<Action> _onRemoved = [];
    private MembershipState _state;

    public EventPublisher(Cluster cluster)
    {
        _cluster = cluster;
        _state = cluster.Membership;
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case MembershipState state:
                Publish(state);
                break;
            case Subscribe subscribe:
                Add(subscribe);
                break;
            case Unsubscribe unsubscribe:
                Remove(unsubscribe);
                break;
            case SendCurrentState send:
                send.Receiver.Tell(_state.ToCurrentState());
                break;
            case OnUp up when _state.SelfStatus == MemberStatus.Up:
                Call(up.Callback);
                break;
            case OnUp up:
                _onUp.Add(up.Callback);
                break;
            case OnRemoved removed:
                _onRemoved.Add(removed.Callback);
                break;
            case Terminated terminated:
                _subscribers.Remove(terminated.ActorRef);
                break;
        }
    }

    /// <summary>For everybody here the cluster ends with this node's part in it.</summary>
    protected override void PostStop()
    {
        Deliver(ClusterShuttingDown.Instance);
        Publish(new MembershipState(Gossip.Empty, _cluster.SelfUniqueAddress));
        _onRemoved.ForEach(Call);
    }

    private void Publish(MembershipState next)
    {
        var previous = _state;
        _state = next;
        _cluster.Membership = next;
        foreach (var happened in DomainEvents.Between(previous, next))
            Deliver(happened);
        if (next.SelfStatus == MemberStatus.Up && _onUp.Count > 0)
        {
            _onUp.ForEach(Call);
            _onUp.Clear();
        }
    }

    private void Deliver(IClusterDomainEvent happened)
    {
        foreach (var (subscriber, types) in _subscribers)
        {
            if (types.Any(type => type.IsInstanceOfType(happened)))
                subscriber.Tell(happened);
        }
    }

    private void Add(Subscribe subscribe)
    {
        if (_subscribers.TryGetValue(subscribe.Subscriber, out var types))
            types.UnionWith(subscribe.To);
        else
            _subscribers.Add(subscribe.Subscriber, [.. subscribe.To]);
        Context.Watch(subscribe.Subscriber);

        if (subscribe.Mode == SubscriptionInitialStateMode.InitialStateAsSnapshot)
        {
            subscribe.Subscriber.Tell(_state.ToCurrentState());
            return;
        }

        foreach (var happened in DomainEvents.Between(new MembershipState(Gossip.Empty, _state.Self), _state))
        {
            if (subscribe.To.Any(type => type.IsInstanceOfType(happened)))
                subscribe.Subscriber.Tell(happened);
        }
    }

    private void Remove(Unsubscribe unsubscribe)
    {
        if (unsubscribe.To is null)
            _subscribers.Remove(unsubscribe.Subscriber);
        else if (_subscribers.TryGetValue(unsubscribe.Subscriber, out var types) && types.Remove(unsubscribe.To) && types.Count == 0)
            _subscribers.Remove(unsubscribe.Subscriber);
        if (!_subscribers.ContainsKey(unsubscribe.Subscriber))
            Context.Unwatch(unsubscribe.Subscriber);
    }

    private void Call(Action callback)
    {
        try
        {
            callback();
        }
        catch (Exception e)
        {
            _log.Error(e, "A callback on a change of this member's status failed");
        }
    }

    public sealed record Subscribe(IActorRef Subscriber, SubscriptionInitialStateMode Mode, IReadOnlyCollection<Type> To) : INoSerializationVerificationNeeded;

    /// <param name="Subscriber">Who.</param>
    /// <param name="To">Null: from everything.</param>
    public sealed record Unsubscribe(IActorRef Subscriber, Type? To) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    public sealed record SendCurrentState(IActorRef Receiver) : INoSerializationVerificationNeeded;

    public sealed record OnUp(Action Callback) : INoSerializationVerificationNeeded;

    public sealed record OnRemoved(Action Callback) : INoSerializationVerificationNeeded;
}
