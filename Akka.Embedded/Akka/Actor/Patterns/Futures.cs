namespace Akka.Actor;

/// <summary>Request and answer as a task.</summary>
public static class Futures
{
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Send<T>(self, null, message, timeout, cancellationToken);
    }

    /// <summary>Asks with a message that carries the reference to answer to.</summary>
    public static Task<T> Ask<T>(this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout, CancellationToken cancellationToken) =>
        Send<T>(self, messageFactory, null, timeout, cancellationToken);

    private static Task<T> Send<T>(
        ICanTell target, Func<IActorRef, object>? factory, object? message, TimeSpan? timeout, CancellationToken token)
    {
        var provider = ProviderOf(target)
            ?? throw new ArgumentException("Unable to resolve the target Provider", nameof(target));
        var reply = new FutureActorRef<T>(provider);
        message ??= factory!(reply);
        var wait = timeout ?? provider.Settings.AskTimeout;
        if (wait != Timeout.InfiniteTimeSpan)
            reply.FailAfter(wait < TimeSpan.Zero ? TimeSpan.Zero : wait, message, target);
        if (token.CanBeCanceled)
            reply.FailOn(token);
        target.Tell(message, reply);
        return reply.Result;
    }

    /// <summary>
    /// That of the target's own system: the answer comes to where the question went out from. The system of the actor that asks, or of a test that ran
    /// on this thread before, may be another one, and its address is not what the target's peers answer to.
    /// </summary>
    private static IActorRefProvider? ProviderOf(ICanTell target) => target switch
    {
        LocalActorRef local => local.Provider,
        ActorSelection selection => ProviderOf(selection.Anchor),
        IInternalActorRef reference and not Nobody => reference.Provider,
        _ => ActorCell.Current?.SystemImpl.Provider,
    };
}
