using Gateway.Protocol;

namespace SocksLib.Tests;

/// <summary>
/// Sockets, names and a clock inside one process. Nothing happens but in <see cref="Step"/>, in the order of its time; so a test is the
/// same each time it runs. A handler is never called from inside a call that it makes, as <see cref="INetwork"/> promises.
/// </summary>
internal sealed class VirtualNetwork : INetwork
{
    private readonly PriorityQueue<(Pending? Asked, Action Act), (long Due, long Order)> _events = new();
    private readonly HashSet<Pending> _asked = [];
    private long _order;

    public long Milliseconds { get; private set; }

    /// <summary>One way, between any two; from end to end of a leg and back takes twice that.</summary>
    public int Latency { get; init; } = 10;

    /// <summary>No more octets than that arrive at once.</summary>
    public int SegmentSize { get; init; } = int.MaxValue;

    /// <summary>How long a name takes.</summary>
    public int ResolveDelay { get; init; } = 5;

    public Dictionary<LiteralEndpoint, FakeHop> Hops { get; } = [];

    public Dictionary<string, IpLiteral[]> Names { get; } = [];

    /// <summary>The names that were asked for, with the families wanted.</summary>
    public List<(string Name, FamilyWish Over)> Resolved { get; } = [];

    /// <summary>The requests that hops were asked, with the hops they came through.</summary>
    public List<(string Way, SocksRequest Request)> Requests { get; } = [];

    /// <summary>Octets that a hop was sent while it expected none, and would have lost.</summary>
    public List<string> Lost { get; } = [];

    /// <summary>Every channel that the chain's end opened, also those that are closed.</summary>
    public List<VirtualChannel> Channels { get; } = [];

    /// <summary>The channels of the chain's end that are not closed.</summary>
    public IEnumerable<VirtualChannel> Open => Channels.Where(channel => !channel.IsAborted);

    /// <summary>Timers, names and connections that the chain's end waits for.</summary>
    public int Waiting => _asked.Count;

    IPending INetwork.Open(in SocksEndpoint server, FamilyWish over, IOpenHandler handler)
    {
        var address = Find(server, over);
        if (!Hops.TryGetValue(address, out var hop) || hop.Fault(ChainPhase.Connect) == Fault.Refuses)
            return Ask(2 * Latency, () => handler.OnOpenFailed(ReplyCode.ConnectionRefused, $"connect {address}: Connection refused"));
        if (hop.Fault(ChainPhase.Connect) == Fault.Silent)
            return Ask(null, () => { });
        return Ask(2 * Latency + hop.Delay(ChainPhase.Connect), () =>
        {
            var channel = Join(hop, null);
            Channels.Add(channel);
            if (hop.Fault(ChainPhase.Connect) == Fault.Closes) channel.Break();
            handler.OnOpened(channel);
        });
    }

    public IPending Resolve(string name, FamilyWish over, Action<IReadOnlyList<IpLiteral>> resolved)
    {
        Resolved.Add((name, over));
        return Ask(ResolveDelay, () => resolved([.. Names.GetValueOrDefault(name, []).Where(address => over.Allows(address.Family))]));
    }

    public IPending Schedule(TimeSpan delay, Action due) => Ask((int)delay.TotalMilliseconds, due);

    /// <summary>Does the next thing that is due; false when there is none.</summary>
    public bool Step()
    {
        if (!_events.TryDequeue(out var next, out var when)) return false;
        Milliseconds = Math.Max(Milliseconds, when.Due);
        if (next.Asked is null || _asked.Remove(next.Asked)) next.Act();
        return true;
    }

    /// <summary>Goes on until <paramref name="done"/>, or until nothing is left to happen.</summary>
    public void RunUntil(Func<bool> done)
    {
        while (!done() && Step()) { }
    }

    /// <summary>Something that hops do, or that travels.</summary>
    public void After(int milliseconds, Action act) => _events.Enqueue((null, act), (Milliseconds + milliseconds, _order++));

    /// <summary>A connection to <paramref name="hop"/>, from the chain's end (null) or a hop; the near end of it.</summary>
    public VirtualChannel Join(FakeHop hop, FakeHopSession? from)
    {
        var near = new VirtualChannel(this, hop.Address);
        var far = new VirtualChannel(this, hop.Address);
        (near.Other, far.Other) = (far, near);
        far.Handler = new FakeHopSession(this, hop, far, from is null ? hop.Name : $"{from.Way} {hop.Name}");
        return near;
    }

    public LiteralEndpoint Find(in SocksEndpoint server, FamilyWish over)
    {
        if (server.TryGetLiteral(out var literal)) return literal;
        return new LiteralEndpoint(Names[server.Address.ToString()].First(address => over.Allows(address.Family)), server.Port);
    }

    private Pending Ask(int? milliseconds, Action act)
    {
        var asked = new Pending(_asked);
        _asked.Add(asked);
        if (milliseconds is { } delay) _events.Enqueue((asked, act), (Milliseconds + delay, _order++));
        return asked;
    }

    private sealed class Pending(HashSet<Pending> asked) : IPending
    {
        public void Cancel() => asked.Remove(this);
    }
}
