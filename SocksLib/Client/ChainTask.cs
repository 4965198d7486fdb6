using Gateway.Protocol;

namespace SocksLib;

/// <summary>A chain setup as a task. When the task has ended without a link, nothing of the setup is open.</summary>
internal sealed class ChainTask : IChainHandler
{
    private readonly TaskCompletionSource<ChainLink> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ChainSetup? _setup;

    /// <exception cref="SocksException">No way leads through, or the last hop refused.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before that.</exception>
    public static async Task<ChainLink> RunAsync(TimeProvider time, ChainPlan plan, SocksRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var network = new SocketNetwork(time);
        var task = new ChainTask();
        network.Post(() => task.Start(network, plan, request));
        await using (cancellation.UnsafeRegister(_ => network.Post(() => task.Cancel(cancellation)), null).ConfigureAwait(false))
            return await task._ended.Task.ConfigureAwait(false);
    }

    public void OnLinked(ChainSetup setup, ChainLink link) => _ended.SetResult(link);

    public void OnChainFailed(ChainSetup setup, ChainFailure failure) => _ended.SetException(new SocksException(failure));

    private void Start(SocketNetwork network, ChainPlan plan, in SocksRequest request)
    {
        try
        {
            _setup = ChainSetup.Start(network, plan, request, this);
        }
        catch (Exception e)
        {
            _ended.SetException(e);
        }
    }

    private void Cancel(CancellationToken cancellation)
    {
        _setup?.Cancel();
        _ended.TrySetCanceled(cancellation);
    }
}
