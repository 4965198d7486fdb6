namespace Akka.Actor;

public static class GracefulStopSupport
{
    /// <summary>
    /// Stops by <see cref="PoisonPill"/> and waits. True once the actor has terminated, false if that takes longer than
    /// <paramref name="timeout"/>.
    /// </summary>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => target.GracefulStop(timeout, PoisonPill.Instance);

    /// <inheritdoc cref="GracefulStop(IActorRef, TimeSpan)"/>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        using var patience = new CancellationTokenSource(timeout);
        var terminated = target.WatchAsync(patience.Token);
        target.Tell(stopMessage, ActorRefs.NoSender);
        return await terminated.ConfigureAwait(false);
    }
}
