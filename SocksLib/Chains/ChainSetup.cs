using Gateway.Protocol;

namespace SocksLib;

/// <summary>
/// Sets a chain up: tries ways through it until one stands, its time is over, or no way is left. A broken hop is replaced by the next
/// candidate for it; beside a silent one the next candidate is tried, and the first way that stands is taken. On the network's thread.
/// </summary>
/// <remarks>
/// As long as somebody is waited for, nobody is out of it for good: who was given up, who failed a while ago, and who has come meanwhile are
/// tried when nobody else is left. A server may have been slow, or have been started again. When all have failed, the chain has failed.
/// </remarks>
public sealed class ChainSetup
{
    /// <summary>Ways that are tried at one time.</summary>
    public const int MostAtOnce = 3;

    private readonly ChainPlan _plan;
    private readonly IChainHandler _handler;
    private readonly ChainWays _ways;
    private readonly SocksRequest _request;
    private readonly int _atOnce;
    private readonly long _endurance;
    private readonly List<ChainAttempt> _running = new(1);
    private readonly List<Candidate> _resting = [];
    private readonly Dictionary<(int Hop, SocksEndpoint Server), int> _rests = [];
    private IPending? _deadline;
    private ChainFailure? _last;

    private ChainSetup(INetwork network, ChainPlan plan, in SocksRequest request, IChainHandler handler)
    {
        (Network, _plan, _request, _handler) = (network, plan, request, handler);
        _ways = new ChainWays(plan.Hops);
        // Two BINDs would be two listeners, and the peer comes to one of them.
        var isHedged = plan.HedgeAfter is not null && request.Command.Base != SocksCommand.Bind;
        Patience = Math.Max(1, (long)(isHedged ? plan.HedgeAfter!.Value : plan.SetupTimeout / 3).TotalMilliseconds);
        (_atOnce, _endurance) = isHedged ? (MostAtOnce, 4 * Patience) : (1, Patience);
    }

    internal INetwork Network { get; }

    internal ref readonly SocksRequest Request => ref _request;

    /// <summary>Milliseconds that a hop may be silent until something is done about it, and then again.</summary>
    internal long Patience { get; }

    /// <summary>Ways that were begun so far.</summary>
    public int Attempts { get; private set; }

    /// <summary>
    /// The way that failed last, up to the hop that failed: its time is that until it did. Empty when no way did, or a hop before had not answered.
    /// </summary>
    public IReadOnlyList<ChainHop> FailedWay { get; private set; } = [];

    /// <summary>The handler has been told, or wants to hear no more.</summary>
    internal bool IsOver { get; private set; }

    /// <summary>Begins; <paramref name="handler"/> hears of the result once, and never before this returns.</summary>
    /// <param name="request">For the last hop: CONNECT, BIND, UDP ASSOCIATE, ADDRESS ASSOCIATE.</param>
    public static ChainSetup Start(INetwork network, ChainPlan plan, in SocksRequest request, IChainHandler handler)
    {
        var setup = new ChainSetup(network, plan, request, handler);
        if (setup._ways.First() is { } way)
        {
            setup._deadline = network.Schedule(plan.SetupTimeout, setup.OnDeadline);
            setup.Begin(way);
        }
        else
        {
            setup._deadline = network.Schedule(TimeSpan.Zero, () => setup.Fail(setup.NoCandidate()));
        }
        return setup;
    }

    /// <summary>Gives up: all that was begun is closed, and the handler hears nothing. Harmless when it is over.</summary>
    public void Cancel()
    {
        if (!IsOver) Finish();
    }

    internal void OnResolved(ChainAttempt attempt, IReadOnlyList<IpLiteral> addresses)
    {
        var name = attempt.End;
        attempt.Abort();
        name.Previous!.Resolve(name, addresses);
        if (addresses.Count == 0)
        {
            OnFailed(attempt, name, new WayFailure(name.Hop, ChainPhase.Connect, ReplyCode.HostUnreachable, "the name has no address"));
            return;
        }
        _running.Remove(attempt);
        Begin(_ways.Through(name.Previous!) ?? _ways.InsteadOf(name));
    }

    internal void OnAnswered(ChainAttempt attempt, Candidate hop)
    {
        Report(hop, LegOutcome.Alive, attempt);
        foreach (var older in _running)
        {
            if (older == attempt) break;
            if (older.Silence >= Patience && older.Awaited.Hop == hop.Hop) ReportSilent(older);
        }
    }

    /// <summary>
    /// The next way is tried beside it, as if the hop had failed. Where no more are tried at once, the one that has been silent longest has
    /// to make room; three hops that say nothing must not hide a fourth that lives.
    /// </summary>
    internal void OnSilent(ChainAttempt attempt)
    {
        if (InsteadOf(attempt.Awaited) is not { } way) return;
        if (_running.Count == _atOnce && !GiveUpLongestSilent()) return;
        Begin(way);
    }

    /// <summary>The first hop on its way of which the pools know by now that it is not fit for use; null when there is none.</summary>
    internal Candidate? Unfit(ChainAttempt attempt)
    {
        Candidate? first = null;
        for (var hop = attempt.End; hop.Hop > 0; hop = hop.Previous!)
            if (!_plan.Hops[hop.Hop - 1].IsFit(hop.Previous!.Offered, hop.Offered!)) first = hop;
        return first;
    }

    /// <summary>
    /// A hop that had answered keeps the chain waiting, and news has come that it is not fit for use: the next way is tried beside this one, or
    /// in its place where no more are tried at once.
    /// </summary>
    /// <returns>False when there is no other way.</returns>
    internal bool OnDoubted(ChainAttempt attempt, Candidate hop)
    {
        if (InsteadOf(hop) is not { } way) return false;
        if (_running.Count == _atOnce)
            GiveUp(attempt, hop);
        Begin(way);
        return true;
    }

    internal void OnFailed(ChainAttempt attempt, Candidate broken, WayFailure failure)
    {
        _running.Remove(attempt);
        // A last hop that broke off may have served the request, which goes to nobody twice.
        if (failure.IsVerdict || failure.IsLasting || attempt.IsResolving || (failure.Phase == ChainPhase.Request && failure.Hop == _plan.Hops.Count))
            broken.IsBroken = true;
        else
            Rest(broken, Patience << Rests(broken));
        if (!failure.IsVerdict && !attempt.IsResolving) Report(broken, LegOutcome.Failed, attempt);
        FailedWay = attempt.WayTo(failure.Hop);
        _last = new ChainFailure(_plan.Name, failure.Hop, attempt.Server(broken), failure.Phase, failure.Code, failure.Cause) { IsVerdict = failure.IsVerdict };

        // An association has no destination yet, so the last hop refuses it for reasons of its own.
        if (failure.IsFinal && Request.Command.Base != SocksCommand.UdpAssociate)
            Fail(_last);
        else
            Begin(failure.IsVerdict ? _ways.BesideLast(broken) : InsteadOf(broken));
    }

    internal void OnLinked(ChainAttempt attempt, ChainLink link)
    {
        _running.Remove(attempt);
        Finish();
        _handler.OnLinked(this, link);
    }

    /// <summary>The next way around the hop; where all have been tried, one that deserves another try.</summary>
    private Candidate? InsteadOf(Candidate hop)
    {
        if (_ways.InsteadOf(hop) is { } way) return way;
        // One at a time, the one that is waited for would have to make room for one that has failed before.
        if (_atOnce == 1 && _running.Count > 0) return null;
        foreach (var rested in _resting)
            rested.IsResting = rested.RestsUntil > Network.Milliseconds;
        _resting.RemoveAll(candidate => !candidate.IsResting);
        _ways.Refresh();
        return _ways.InsteadOf(hop);
    }

    private void Rest(Candidate hop, long milliseconds)
    {
        hop.IsResting = true;
        hop.RestsUntil = Network.Milliseconds + milliseconds;
        _rests[(hop.Hop, hop.Server!.Address)] = Rests(hop) + 1;
        _resting.Add(hop);
    }

    /// <summary>How often the server has rested at its hop, on whichever way: its next rest is twice as long, and so is the patience with it.</summary>
    private int Rests(Candidate hop) => _rests.GetValueOrDefault((hop.Hop, hop.Server!.Address));

    private bool GiveUpLongestSilent()
    {
        var longest = _running.Where(attempt => attempt.Silence >= _endurance << Rests(attempt.Awaited)).MaxBy(attempt => attempt.Silence);
        if (longest is null) return false;
        ReportSilent(longest);
        GiveUp(longest, longest.Awaited);
        return true;
    }

    private void GiveUp(ChainAttempt attempt, Candidate hop)
    {
        attempt.Abort();
        _running.Remove(attempt);
        Rest(hop, 0);
    }

    /// <summary>Tries the way; where there is none, and none is being tried, the chain has failed.</summary>
    private void Begin(Candidate? way)
    {
        if (way is null)
        {
            if (_running.Count == 0) Fail(_last ?? NoCandidate());
            return;
        }
        if (!way.IsName) Attempts++;
        var attempt = new ChainAttempt(this, way);
        _running.Add(attempt);
        attempt.Start();
    }

    private void OnDeadline()
    {
        var furthest = _running[0];
        foreach (var attempt in _running)
        {
            if (attempt.IsSilent) ReportSilent(attempt);
            if ((attempt.Awaited.Hop, attempt.Phase).CompareTo((furthest.Awaited.Hop, furthest.Phase)) > 0) furthest = attempt;
        }
        FailedWay = furthest.WayTo(furthest.Awaited.Hop);
        Fail(new ChainFailure(_plan.Name, furthest.Awaited.Hop, furthest.Server(furthest.Awaited), furthest.Phase, ReplyCode.HostUnreachable,
            $"no answer within the chain's {_plan.SetupTimeout.TotalSeconds:0.###} s"));
    }

    private ChainFailure NoCandidate() =>
        new(_plan.Name, _ways.Barren, null, ChainPhase.Connect, ReplyCode.NetworkUnreachable, "no candidate");

    private void Fail(ChainFailure failure)
    {
        Finish();
        _handler.OnChainFailed(this, failure);
    }

    private void Finish()
    {
        IsOver = true;
        _deadline?.Cancel();
        foreach (var attempt in _running) attempt.Abort();
        _running.Clear();
    }

    private void ReportSilent(ChainAttempt attempt)
    {
        if (attempt.IsResolving || attempt.IsReported) return;
        attempt.IsReported = true;
        Report(attempt.Awaited, LegOutcome.Silent, attempt);
    }

    private void Report(Candidate hop, LegOutcome outcome, ChainAttempt attempt) =>
        _plan.Hops[hop.Hop - 1].Report(hop.Previous!.Offered, hop.Offered!, outcome, attempt.Elapsed);
}
