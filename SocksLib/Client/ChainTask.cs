using Gateway.Protocol;

namespace SocksLib;

/// <summary>A chain setup as a task. When the task has ended without a link, nothing of the setup is open.</summary>
internal sealed class ChainTask : IChainHandler
{
    private readonly TaskCompletionSource<ChainLink> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <exception cref="SocksException">No way leads through, or the last hop refused.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before that.</exception>
    public static Task<ChainLink> RunAsync(TimeProvider time, ChainPlan plan, SocksRequest request, CancellationToken cancellation)
    {
        var task = new ChainTask();
        return NetworkTask.RunAsync(time, task._ended, network => ChainSetup.Start(network, plan, request, task).Cancel, cancellation);
    }

    public void OnLinked(ChainSetup setup, ChainLink link) => _ended.SetResult(link);

    public void OnChainFailed(ChainSetup setup, ChainFailure failure) => _ended.SetException(new SocksException(failure));
}
