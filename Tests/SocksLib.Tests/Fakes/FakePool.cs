namespace SocksLib.Tests;

/// <summary>Candidates in the order in which they were added, and what was learned of them.</summary>
internal sealed class FakePool : IHopPool
{
    private readonly List<HopServer> _servers = [];
    private readonly HashSet<string> _deadEnds = [];

    private readonly HashSet<string> _unfit = [];

    /// <summary>What was reported, in words: <c>here to r1: Alive</c>.</summary>
    public List<string> Reports { get; } = [];

    /// <summary>How long each of them had taken.</summary>
    public List<TimeSpan> Took { get; } = [];

    public void Add(HopServer server) => _servers.Add(server);

    /// <summary>Nothing leads on from this server.</summary>
    public void Unless(string from) => _deadEnds.Add(from);

    /// <summary>News has come that this server is dead.</summary>
    public void Doubt(string name) => _unfit.Add(name);

    /// <summary>The servers that candidates were asked for behind.</summary>
    public List<HopServer?> Asked { get; } = [];

    /// <summary>The servers that something was reported of.</summary>
    public List<HopServer> Heard { get; } = [];

    public IReadOnlyList<HopServer> Candidates(HopServer? from)
    {
        Asked.Add(from);
        return from is not null && _deadEnds.Contains(from.Name) ? [] : _servers;
    }

    public bool IsFit(HopServer? from, HopServer to) => !_unfit.Contains(to.Name);

    public void Report(HopServer? from, HopServer to, LegOutcome outcome, TimeSpan took)
    {
        Reports.Add($"{from?.Name ?? "here"} to {to.Name}: {outcome}");
        Took.Add(took);
        Heard.Add(to);
    }
}
