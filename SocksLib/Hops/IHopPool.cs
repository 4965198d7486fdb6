namespace SocksLib;

/// <summary>
/// The servers of which one is needed at a hop of a chain. Called on the network's thread; one pool serves one chain setup, so that its
/// order stays the same while candidates are tried. When all of them have been, it is asked again: who is new then is tried too.
/// </summary>
public interface IHopPool
{
    /// <summary>
    /// The candidates, the best first, for a leg that starts at <paramref name="from"/> (null: here). Those that are known to be out of reach
    /// from there come last, so that they are tried only when nothing else is left.
    /// </summary>
    IReadOnlyList<HopServer> Candidates(HopServer? from);

    /// <summary>
    /// Whether the leg from <paramref name="from"/> (null: here) to <paramref name="to"/> is thought fit for use at this moment. Asked about a
    /// hop that answered, and then kept the chain waiting: what others learned meanwhile tells one that died from one that works.
    /// </summary>
    bool IsFit(HopServer? from, HopServer to);

    /// <summary>What was learned of the leg from <paramref name="from"/> (null: here) to <paramref name="to"/>, both as their pools offered them.</summary>
    void Report(HopServer? from, HopServer to, LegOutcome outcome, TimeSpan took);
}
