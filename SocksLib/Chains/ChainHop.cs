namespace SocksLib;

/// <summary>A hop that a chain passes.</summary>
/// <param name="Server">Who it is; its address is the literal that was connected to.</param>
/// <param name="Answered">From the start of the attempt to the hop's answer to the greeting.</param>
public readonly record struct ChainHop(HopServer Server, TimeSpan Answered)
{
    /// <summary>When the attempt began, in milliseconds of <see cref="INetwork.Milliseconds"/>.</summary>
    public long Begun { get; init; }
}
