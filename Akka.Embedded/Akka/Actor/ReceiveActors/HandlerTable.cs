namespace Akka.Actor;

/// <summary>A behaviour of a <see cref="ReceiveActor"/>.</summary>
internal sealed class HandlerTable
{
    private MessageHandler? _first;
    private MessageHandler? _last;
    private bool _takesAll;

    public bool TryHandle(object message)
    {
        for (var handler = _first; handler is not null; handler = handler.Next)
        {
            if (handler.TryHandle(message))
                return true;
        }

        return false;
    }

    public void Add(MessageHandler handler)
    {
        if (_takesAll)
            throw new InvalidOperationException("A handler that catches all messages has been added. No handler can be added after that.");
        if (_last is null)
            _first = handler;
        else
            _last.Next = handler;
        _last = handler;
    }

    public void AddLast(MessageHandler handler)
    {
        Add(handler);
        _takesAll = true;
    }
}
