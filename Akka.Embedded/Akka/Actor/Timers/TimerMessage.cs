namespace Akka.Actor;

/// <summary>What a timer sends to its own actor; the actor sees <see cref="Message"/>.</summary>
internal sealed class TimerMessage(TimerScheduler owner, object key, object message, bool repeats, ICancelable task)
    : INoSerializationVerificationNeeded, IWrappedMessage, Event.IDeadLetterSuppression
{
    public TimerScheduler Owner { get; } = owner;
    public object Key { get; } = key;
    public object Message { get; } = message;
    public bool Repeats { get; } = repeats;
    public ICancelable Task { get; } = task;
}
