namespace SocksLib;

/// <summary>Hears of a <see cref="ControlChain"/>: that it stands or has failed, and once it stands that it is lost.</summary>
public interface IControlChainHandler
{
    /// <summary>All hops relay.</summary>
    void OnStanding(ControlChain chain);

    /// <summary>No way leads through hops that all relay; nothing is open any more.</summary>
    void OnFailed(ControlChain chain, ChainFailure failure);

    /// <summary>A control connection has ended, so the hops relay no more (RFC 1928 §6). All others are closed.</summary>
    /// <param name="failure">Whose connection it was.</param>
    void OnLost(ControlChain chain, ChainFailure failure);
}
