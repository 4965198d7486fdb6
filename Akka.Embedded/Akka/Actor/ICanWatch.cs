namespace Akka.Actor;

public interface ICanWatch
{
    /// <summary>A <see cref="Terminated"/> will come when <paramref name="subject"/> has terminated, at once if it is dead.</summary>
    IActorRef Watch(IActorRef subject);

    /// <summary>As <see cref="Watch"/>, with <paramref name="message"/> in place of <see cref="Terminated"/>.</summary>
    IActorRef WatchWith(IActorRef subject, object message);

    IActorRef Unwatch(IActorRef subject);
}
