using Gateway.Node.Status.Json;

namespace Gateway.Node.Terminal.Top;

/// <summary>What happened in a second between two samples. What was not there before, or began anew meanwhile, has no rate yet.</summary>
internal sealed class TopRates
{
    private readonly double _seconds;
    private readonly Dictionary<string, NodeJson> _nodes;
    private readonly Dictionary<(string, long), (DateTimeOffset Started, long Octets)> _sessions;

    /// <param name="before">Null when there is only one sample yet.</param>
    public TopRates(TopSample? before, TopSample after)
    {
        _seconds = before is null ? 0 : (after.At - before.At).TotalSeconds;
        _nodes = (before?.Nodes ?? []).GroupBy(node => node.Node).ToDictionary(nodes => nodes.Key, nodes => nodes.First());
        _sessions = (before?.Sessions ?? []).GroupBy(entry => (entry.Node, entry.Session.Id))
            .ToDictionary(entries => entries.Key, entries => (entries.First().Session.Started, Octets(entries.First().Session)));
    }

    public double Accepted(NodeJson node) => Rate(node, counts => counts.Accepted);

    public double Failed(NodeJson node) => Rate(node, counts => counts.Failures.Values.Sum());

    public double Sent(NodeJson node) => Rate(node, counts => counts.Sent);

    public double Received(NodeJson node) => Rate(node, counts => counts.Received);

    /// <summary>Octets of both directions. A session that began since the last sample has moved all of them since.</summary>
    public double Traffic(string node, SessionJson session) =>
        _seconds <= 0 ? 0
        : _sessions.TryGetValue((node, session.Id), out var known) && known.Started == session.Started ? (Octets(session) - known.Octets) / _seconds
        : Octets(session) / _seconds;

    public static long Octets(SessionJson session) => session.Sent + session.Received;

    private double Rate(NodeJson node, Func<NodeJson, long> count) =>
        _seconds > 0 && node.Error is null && _nodes.TryGetValue(node.Node, out var known) && known.Error is null && known.Started == node.Started
            ? Math.Max(0, count(node) - count(known)) / _seconds
            : 0;
}
