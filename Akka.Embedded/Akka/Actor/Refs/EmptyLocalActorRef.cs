using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Stands for an actor that is not there: what is sent to it becomes a dead letter, and watching it reports its death.</summary>
public class EmptyLocalActorRef : MinimalActorRef
{
    private readonly EventStream _eventStream;

    public EmptyLocalActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream)
    {
        Provider = provider;
        Path = path;
        _eventStream = eventStream;
    }

    public override ActorPath Path { get; }
    public override IActorRefProvider Provider { get; }
    public override bool IsTerminated => true;

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is DeadLetter letter)
        {
            if (!SpecialHandle(letter.Message, letter.Sender))
                _eventStream.Publish(letter);
            return;
        }

        if (SpecialHandle(message, sender))
            return;
        PublishDead(message, sender, this);
    }

    public override void SendSystemMessage(ISystemMessage message) => SpecialHandle(message, Provider.DeadLetters);

    /// <summary>Answers what an absent actor must still answer. True if there is nothing left to publish.</summary>
    protected virtual bool SpecialHandle(object message, IActorRef sender)
    {
        switch (message)
        {
            case Watch watch:
                if (watch.Watchee.Equals(this) && !watch.Watcher.Equals(this))
                    watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: false, addressTerminated: false));
                return true;
            case ISystemMessage:
                return true;
            case Identify identify:
                sender?.Tell(new ActorIdentity(identify.MessageId, null), this);
                return true;
            case ActorSelectionMessage selection:
                if (selection.Message is Identify identifySelection)
                {
                    if (!selection.WildCardFanOut)
                        sender?.Tell(new ActorIdentity(identifySelection.MessageId, null), this);
                }
                else if (selection.Message is IDeadLetterSuppression)
                {
                    PublishDead(selection.Message, sender, this);
                }
                else
                {
                    _eventStream.Publish(new DeadLetter(selection.Message, sender ?? Provider.DeadLetters, this));
                }

                return true;
            case IDeadLetterSuppression:
                PublishDead(message, sender, this);
                return true;
            default:
                return false;
        }
    }

    private protected void PublishDead(object message, IActorRef? sender, IActorRef recipient)
    {
        var from = sender ?? Provider.DeadLetters;
        if (message is IDeadLetterSuppression suppressed)
            _eventStream.Publish(new SuppressedDeadLetter(suppressed, from, recipient));
        else
            _eventStream.Publish(new DeadLetter(message, from, recipient));
    }
}
