namespace Akka.Actor;

/// <summary>One entry of a <see cref="HandlerTable"/>.</summary>
internal abstract class MessageHandler
{
    public MessageHandler? Next { get; set; }

    public abstract bool TryHandle(object message);
}
