using Gateway.Actors.Access;
using Gateway.Actors.AddressIds;
using Gateway.Actors.Chains;
using Gateway.Actors.Members;
using Gateway.Actors.Reloading;
using Gateway.Actors.Sessions;

namespace Gateway.Actors.Status;

/// <summary>What can be asked of a running gateway, from any thread. Answers are values of one moment; asking slows no session down.</summary>
public sealed class GatewayStatus
{
    private readonly IReadOnlyList<LoopStatus> _loops;
    private readonly SettingsBoard _settings;
    private readonly TopologyBoard _topology;
    private readonly LegHealth _legs;
    private readonly EjectedServers _ejected;
    private readonly AddressIdTable _ids;
    private readonly TimeProvider _time;

    internal GatewayStatus(
        IReadOnlyList<LoopStatus> loops, SettingsBoard settings, TopologyBoard topology, LegHealth legs, EjectedServers ejected, Admission admission, AddressIdTable ids, GatewayEvents events, TimeProvider time)
    {
        (_loops, _settings, _topology, _legs, _ejected, Admission, _ids, Events, _time) = (loops, settings, topology, legs, ejected, admission, ids, events, time);
        Started = time.GetUtcNow();
        topology.Changed += (before, after) => TopologyNews.Report(events, before, after);
        legs.Learned += news => TopologyNews.Report(events, news);
        ejected.Changed += (server, isEjected) => TopologyNews.Report(events, server, isEjected);
    }

    /// <summary>When the gateway began to serve.</summary>
    public DateTimeOffset Started { get; }

    public GatewayEvents Events { get; }

    /// <summary>The chains of the settings, and how they stand.</summary>
    public IReadOnlyList<ChainView> Chains => Ways.Chains;

    /// <summary>Legs that are out of use.</summary>
    public IReadOnlyList<LegView> EjectedLegs => Ways.Ejected;

    /// <summary>How much of the limits is in use.</summary>
    public Admission Admission { get; }

    /// <summary>ADDRESS IDs of all owners.</summary>
    public int AddressIdCount => _ids.Count;

    /// <summary>Sessions that match, in the order of their ids, which is about the order of their age.</summary>
    /// <param name="after">Those with a greater id.</param>
    /// <param name="limit">At most so many.</param>
    public async Task<SessionPage> SessionsAsync(SessionFilter filter, long after = 0, int limit = 100)
    {
        var pages = await Task.WhenAll(_loops.Select(loop => loop.FindAsync(filter, after, limit))).ConfigureAwait(false);
        var found = pages.SelectMany(page => page.Sessions).OrderBy(session => session.Id).Take(limit + 1).ToList();
        var isLast = found.Count <= limit;
        if (!isLast)
            found.RemoveAt(limit);
        return new(found, pages.Sum(page => page.Matched), isLast ? null : found[^1].Id);
    }

    /// <summary>The session with that id; null when it does not live.</summary>
    public Task<SessionView?> SessionAsync(long id) => LoopOf(id).FindAsync(id);

    /// <summary>Ends a session at once. False when it does not live.</summary>
    public async Task<bool> CloseAsync(long id)
    {
        if (!await LoopOf(id).EndAsync(id, "the operator closed it").ConfigureAwait(false))
            return false;
        Events.Add(GatewayEventKind.SessionClosed, $"session {id}", "the operator closed it");
        return true;
    }

    public async Task<NodeCounts> CountAsync()
    {
        var sum = new NodeCounts();
        foreach (var loop in await Task.WhenAll(_loops.Select(loop => loop.CountAsync())).ConfigureAwait(false))
            sum.Add(loop);
        return sum;
    }

    /// <summary>What clients send and get, by the legs that it takes.</summary>
    public async Task<LegFlows> FlowsAsync()
    {
        var sum = new LegFlows();
        foreach (var loop in await Task.WhenAll(_loops.Select(loop => loop.FlowsAsync())).ConfigureAwait(false))
            sum.Add(loop);
        return sum;
    }

    /// <summary>ADDRESS IDs that live, by owner and id.</summary>
    public IReadOnlyList<AddressIdView> AddressIds() => _ids.List(_time.GetElapsedTime(0));

    private ChainStatus Ways => new(_settings.Current.Settings, _topology.Current, _legs, _ejected.Names, _time.GetElapsedTime(0));

    /// <summary>Each loop numbers its sessions in steps of its own (<see cref="SessionCounters.CountAccepted"/>).</summary>
    private LoopStatus LoopOf(long id) => _loops[(int)((Math.Max(id, 1) - 1) % _loops.Count)];
}
