namespace Gateway.Bench;

/// <summary>What the events of a run did to the clients, as a table for the documentation.</summary>
internal sealed class KillingReport
{
    /// <summary>Behind the return of a node: a connection that begins then still counts as the event's.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(2);

    /// <summary>A transfer may be found lost so long after its node has gone.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(65);

    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<KillingEvent> _events;
    private readonly ILookup<KillingEvent?, Connected> _connections;
    private readonly List<(LostTransfer Lost, EntryRecord? Record, KillingEvent? Event)> _lost;
    private readonly IReadOnlyCollection<(DateTime Until, TimeSpan Length)> _stalls;
    private readonly double _quiet;

    public KillingReport(IReadOnlyList<KillingEvent> events, KillingLoad load, EntryLog log)
    {
        _events = events;
        _connections = load.Connections.ToLookup(connection => At(connection.Begun));
        _stalls = load.Stalls;
        _lost = [.. load.Lost.Select(lost => (lost, log.Find(lost.Client, lost.At))).Select(one => (one.lost, one.Item2, Cause(one.lost, one.Item2)))];
        _quiet = Quantile(Setups(_connections[null]), 0.5);
    }

    /// <summary>Lost transfers that went through no node that was gone, or of which no record tells.</summary>
    public IEnumerable<string> Unexplained => _lost.Where(one => one.Event is null)
        .Select(one => $"a transfer was lost through {(one.Record is { } record ? string.Join(", ", record.Hops) + ": " + record.Reason : "an unknown way")}; {one.Lost.Cause}");

    public void Print()
    {
        Console.WriteLine("| | events | new connections | failed | added setup p50 / p99 / max, ms | used again p50 / max, s | transfers lost | not through the node | longest stall, s |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        Row("nobody gone", [], [.. _connections[null]], "–");
        foreach (var kind in Enum.GetValues<KillingKind>())
        {
            foreach (var role in _events.Select(one => one.Node[..1]).Distinct().Order())
            {
                var events = _events.Where(one => one.Kind == kind && one.Node.StartsWith(role)).ToList();
                if (events.Count == 0)
                    continue;
                var used = events.Where(one => one.Used is not null).Select(one => Math.Max(0, (one.Used!.Value - one.Back).TotalSeconds)).Order().ToList();
                Row($"{Name(kind)}, {(role == "r" ? "relay" : "exit")}", events, [.. events.SelectMany(one => _connections[one])],
                    $"{Quantile(used, 0.5):0.0} / {(used.Count > 0 ? used[^1] : double.NaN):0.0}");
            }
        }
        var setups = Setups(_connections[null]);
        Console.WriteLine();
        Console.WriteLine($"Setup while nobody is gone: {_quiet:0.0} ms in the middle, {Quantile(setups, 0.99):0.0} p99, {Quantile(setups, 1):0.0} max. "
            + $"{_lost.Count(one => one.Event is not null)} transfers lost through dead nodes, {Unexplained.Count()} others.");
        foreach (var (lost, record, at) in _lost.Where(one => one.Event is { Kind: not KillingKind.Kill }))
            Console.WriteLine($"A transfer through {string.Join(", ", record!.Hops)} was lost {(lost.At - at!.Gone).TotalSeconds:0.0} s after {at.Node} was gone ({at.Kind}): {lost.Cause}; {record.Reason}");
    }

    private void Row(string name, List<KillingEvent> events, List<Connected> connections, string used)
    {
        var setups = Setups(connections);
        string Added(double quantile) => $"{Math.Max(0, Quantile(setups, quantile) - _quiet):0}";
        var lost = _lost.Count(one => one.Event is { } at && events.Contains(at));
        var stalls = _stalls.Where(stall => Covers(events, stall.Until - stall.Length)).Select(stall => stall.Length.TotalSeconds);
        Console.WriteLine($"| {name} | {(events.Count > 0 ? events.Count : "–")} | {connections.Count} | {connections.Count(one => one.Failure is not null)} "
            + $"| {Added(0.5)} / {Added(0.99)} / {Added(1)} | {used} | {(events.Count > 0 ? lost : "–")} | {(events.Count > 0 ? 0 : Unexplained.Count())} | {stalls.Append(0).Max():0.0} |");
    }

    private static string Name(KillingKind kind) => kind switch
    {
        KillingKind.Kill => "`kill -9`",
        KillingKind.Stop => "SIGSTOP",
        _ => "cut off",
    };

    /// <summary>The last event that had begun, if the moment belongs to it.</summary>
    private KillingEvent? At(DateTime moment) => _events.LastOrDefault(one => one.Gone <= moment) is { } last && moment < last.Back + Aftermath ? last : null;

    /// <summary>Whether the moment at which something began to stand still belongs to one of them.</summary>
    private bool Covers(List<KillingEvent> events, DateTime moment) =>
        _events.LastOrDefault(one => one.Gone <= moment + TimeSpan.FromSeconds(0.5)) is { } last && events.Contains(last);

    /// <summary>A node's death shows at once; otherwise it is the last of its nodes to have gone.</summary>
    private KillingEvent? Cause(LostTransfer lost, EntryRecord? record)
    {
        if (record is null)
            return null;
        var gone = _events.Where(one => record.Hops.Contains(one.Node) && one.Gone <= lost.At && lost.At - one.Gone < Late).ToList();
        return gone.LastOrDefault(one => one.Kind == KillingKind.Kill && lost.At - one.Gone < AtOnce) ?? gone.LastOrDefault();
    }

    private static List<double> Setups(IEnumerable<Connected> connections) =>
        [.. connections.Where(one => one.Failure is null).Select(one => one.Setup.TotalMilliseconds).Order()];

    private static double Quantile(List<double> sorted, double quantile) =>
        sorted.Count == 0 ? double.NaN : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * quantile))];
}
