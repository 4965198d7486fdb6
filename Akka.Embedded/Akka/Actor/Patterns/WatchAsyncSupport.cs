namespace Akka.Actor;

public static class WatchAsyncSupport
{
    /// <summary>True when <paramref name="target"/> has terminated, false if <paramref name="token"/> came first.</summary>
    public static async Task<bool> WatchAsync(this IActorRef target, CancellationToken token = default)
    {
        var watchee = (IInternalActorRef)target;
        var terminated = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var watcher = new FunctionRef(watchee.Provider, watchee.Provider.TempPath(), _ => terminated.TrySetResult(true));
        watcher.Watch(watchee);
        await using var cancellation = token.UnsafeRegister(_ => terminated.TrySetResult(false), null);
        var result = await terminated.Task.ConfigureAwait(false);
        if (!result)
            watcher.Unwatch(watchee);
        return result;
    }
}
