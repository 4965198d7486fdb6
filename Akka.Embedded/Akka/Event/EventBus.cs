namespace Akka.Event;

/// <summary>Publishing by class of event.</summary>
public abstract class EventBus<TEvent, TClassifier, TSubscriber>
    where TEvent : notnull
    where TClassifier : notnull
    where TSubscriber : notnull
{
    /// <summary>False if it was subscribed already.</summary>
    public abstract bool Subscribe(TSubscriber subscriber, TClassifier classifier);

    /// <summary>False if it was not subscribed.</summary>
    public abstract bool Unsubscribe(TSubscriber subscriber);

    public abstract bool Unsubscribe(TSubscriber subscriber, TClassifier classifier);

    public abstract void Publish(TEvent @event);
}
