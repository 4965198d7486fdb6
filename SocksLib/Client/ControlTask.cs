using Gateway.Protocol;

namespace SocksLib;

/// <summary>The setup of an association's control connections as a task. When it has ended without them, nothing is open.</summary>
internal sealed class ControlTask : IControlChainHandler
{
    private readonly TaskCompletionSource<ChainLink[]> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="request">For the last hop.</param>
    /// <returns>One link for each hop, in the order of travel.</returns>
    /// <exception cref="SocksException">No way leads through hops that all relay.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before that.</exception>
    public static Task<ChainLink[]> RunAsync(TimeProvider time, ChainPlan plan, SocksRequest request, CancellationToken cancellation)
    {
        var task = new ControlTask();
        return NetworkTask.RunAsync(time, task._ended, network => ControlChain.Start(network, plan, request, lost: null, task).Close, cancellation);
    }

    public void OnStanding(ControlChain chain) => _ended.SetResult(chain.Take());

    public void OnFailed(ControlChain chain, ChainFailure failure) => _ended.SetException(new SocksException(failure));

    /// <summary>Never: the connections have been taken.</summary>
    public void OnLost(ControlChain chain, ChainFailure failure) { }
}
