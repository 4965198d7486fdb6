using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>An actor whose behaviours are lists of handlers, tried in the order they were added.</summary>
public abstract class ReceiveActor : UntypedActor, IInitializableActor
{
    private HandlerTable? _open = new();
    private HandlerTable? _initial;

    void IInitializableActor.Init()
    {
        _initial = _open;
        _open = null;
    }

    protected sealed override void OnReceive(object message)
    {
        if (!_initial!.TryHandle(message))
            Unhandled(message);
    }

    /// <summary>Takes the handlers that <paramref name="configure"/> adds as the behaviour from the next message on.</summary>
    protected void Become(Action configure) => base.Become(Collect(configure));

    /// <inheritdoc cref="Become(Action)"/>
    protected void BecomeStacked(Action configure) => base.BecomeStacked(Collect(configure));

    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null)
    {
        if (typeof(T) == typeof(object) && shouldHandle is null)
            AddLast(new ActionHandler<T>(handler, null));
        else
            Add(new ActionHandler<T>(handler, shouldHandle));
    }

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Add(new ActionHandler<T>(handler, shouldHandle));

    /// <summary>The handler says itself whether it took the message.</summary>
    protected void Receive<T>(Func<T, bool> handler) => Add(new FunctionHandler<T>(handler));

    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Add(new TypeHandler(messageType, handler, shouldHandle));

    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Add(new TypeHandler(messageType, handler, shouldHandle));

    protected void Receive(Type messageType, Func<object, bool> handler) =>
        Add(new FunctionHandler<object>(message => messageType.IsInstanceOfType(message) && handler(message)));

    protected void ReceiveAny(Action<object> handler) => AddLast(new ActionHandler<object>(handler, null));

    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) => Add(new AsyncHandler<T>(handler, shouldHandle));

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => Add(new AsyncHandler<T>(handler, shouldHandle));

    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        Add(new AsyncHandler<object>(handler, message => messageType.IsInstanceOfType(message) && (shouldHandle is null || shouldHandle(message))));

    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        ReceiveAsync(messageType, handler, shouldHandle);

    protected void ReceiveAnyAsync(Func<object, Task> handler) => AddLast(new AsyncHandler<object>(handler, null));

    private void Add(MessageHandler handler) => Open.Add(handler);

    private void AddLast(MessageHandler handler) => Open.AddLast(handler);

    private HandlerTable Open => _open
        ?? throw new InvalidOperationException("You may only call Receive-methods when constructing the actor and inside Become().");

    private Receive Collect(Action configure)
    {
        var outer = _open;
        var table = new HandlerTable();
        _open = table;
        try
        {
            configure();
        }
        finally
        {
            _open = outer;
        }

        return table.TryHandle;
    }
}
