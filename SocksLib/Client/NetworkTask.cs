namespace SocksLib;

/// <summary>What happens on a network of its own, as a task.</summary>
internal static class NetworkTask
{
    /// <param name="ended">Told on the network how it ended.</param>
    /// <param name="start">Begins, on the network, and returns what gives it up; that is harmless when it is over.</param>
    /// <exception cref="OperationCanceledException">Given up before it had ended.</exception>
    public static async Task<T> RunAsync<T>(TimeProvider time, TaskCompletionSource<T> ended, Func<SocketNetwork, Action> start, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var network = new SocketNetwork(time);
        Action? giveUp = null;
        network.Post(() =>
        {
            try
            {
                giveUp = start(network);
            }
            catch (Exception e)
            {
                ended.SetException(e);
            }
        });
        await using (cancellation.UnsafeRegister(_ => network.Post(() => Cancel()), null).ConfigureAwait(false))
            return await ended.Task.ConfigureAwait(false);

        void Cancel()
        {
            if (!ended.Task.IsCompleted) giveUp?.Invoke();
            ended.TrySetCanceled(cancellation);
        }
    }
}
