using Gateway.Protocol;

namespace SocksLib;

/// <summary>
/// A server at its place in a way: who leads to it, and what the setup knows of it there. The same server behind another one is another
/// candidate.
/// </summary>
internal sealed class Candidate(HopServer? server, HopServer? offered, Candidate? previous)
{
    private readonly List<Candidate> _next = new(1);
    private IReadOnlyList<HopServer>? _candidates;
    private int _seen;

    /// <summary>Null at the chain's own end, where all ways begin.</summary>
    public HopServer? Server { get; } = server;

    /// <summary>The same as its pool knows it: where <see cref="Server"/> has an address of a name, this has the name.</summary>
    public HopServer? Offered { get; } = offered;

    public Candidate? Previous { get; } = previous;

    /// <summary>From 1; 0 is the chain's own end.</summary>
    public int Hop { get; } = previous is null ? 0 : previous.Hop + 1;

    /// <summary>The same server is an earlier hop of the way.</summary>
    public bool IsPassed { get; } = previous is not null && previous.Passes(server!.Name);

    /// <summary>No way ever leads on through it: it refused, here; or it was a name and its addresses stand in its place.</summary>
    public bool IsBroken { get; set; }

    /// <summary>It failed or was given up, here: no way leads on through it until it is called back.</summary>
    public bool IsResting { get; set; }

    /// <summary>Milliseconds of the network's clock; when it may be called back.</summary>
    public long RestsUntil { get; set; }

    /// <summary>How many attempts wait for a first answer of it; while there are any, no other way goes through it.</summary>
    public int Waiting { get; set; }

    /// <summary>A way that ends here has been begun, or the name is being resolved.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Whether its address has to be found before a previous hop can be asked to connect to it.</summary>
    public bool IsName => Hop > 1 && Server!.Address.Address.IsName;

    /// <summary>The candidate at <paramref name="place"/> for the next hop; null behind the last.</summary>
    public Candidate? Next(int place, IHopPool pool)
    {
        _candidates ??= pool.Candidates(Offered);
        while (place >= _next.Count && _seen < _candidates.Count)
            Add(_next.Count, _candidates[_seen], _candidates[_seen++]);
        return place < _next.Count ? _next[place] : null;
    }

    /// <summary>Asks the pools again for all that were asked, so that who has come meanwhile is a candidate too.</summary>
    public void Refresh(IReadOnlyList<IHopPool> pools)
    {
        if (_candidates is null)
            return;
        (_candidates, _seen) = (pools[Hop].Candidates(Offered), 0);
        foreach (var next in _next) next.Refresh(pools);
    }

    /// <summary>Puts the addresses of a name in its place.</summary>
    public void Resolve(Candidate name, IReadOnlyList<IpLiteral> addresses)
    {
        name.IsBroken = true;
        var place = _next.IndexOf(name);
        foreach (var address in addresses)
            if (Add(place + 1, name.Server! with { Address = new SocksEndpoint(address, name.Server.Address.Port) }, name.Offered!))
                place++;
    }

    private bool Passes(string name)
    {
        for (var candidate = this; candidate.Server is { } passed; candidate = candidate.Previous!)
            if (passed.Name == name) return true;
        return false;
    }

    private bool Add(int place, HopServer server, HopServer offered)
    {
        foreach (var known in _next)
            if (known.Server!.Name == server.Name && known.Server.Address == server.Address) return false;
        _next.Insert(place, new Candidate(server, offered, this));
        return true;
    }
}
