namespace SocksLib;

/// <summary>Hears once how a <see cref="ChainSetup"/> ended, unless it is cancelled first.</summary>
public interface IChainHandler
{
    /// <summary>The chain stands; its channel is the handler's.</summary>
    void OnLinked(ChainSetup setup, ChainLink link);

    /// <summary>No way leads through the chain, or the destination refused; nothing of the chain is open any more.</summary>
    void OnChainFailed(ChainSetup setup, ChainFailure failure);
}
