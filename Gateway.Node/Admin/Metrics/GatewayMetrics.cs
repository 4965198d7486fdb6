using System.Globalization;
using Gateway.Actors;
using Gateway.Actors.Access;
using Gateway.Actors.Chains;
using Gateway.Actors.Status;
using Gateway.Node.Logging;
using Gateway.Node.Status;
using Gateway.Protocol;
using Prometheus;
using Counter = Prometheus.Counter;

namespace Gateway.Node.Admin.Metrics;

/// <summary>
/// The gateway's metrics in a registry of their own. They are brought up to date by each scrape from what the loops count; nothing here is
/// touched by a session. No label's values grow with the number of clients or destinations.
/// </summary>
internal sealed class GatewayMetrics
{
    private readonly GatewayHost _gateway;
    private readonly LogWriter _log;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Gauge _build, _sessions, _sessionLimit, _addressIds, _chainsLive, _members, _legsUp, _ejected, _draining, _ready, _lag;
    private readonly Counter _accepted, _failures, _refusals, _replies, _wrongLogins, _throttledLogins, _relayed, _datagrams, _datagramOctets, _lost, _refused, _dropped, _records, _faults;
    private readonly SetupMetric _directSetup, _chainSetup;

    public GatewayMetrics(GatewayHost gateway, LogWriter log)
    {
        (_gateway, _log) = (gateway, log);
        var factory = Prometheus.Metrics.WithCustomRegistry(Registry);
        _build = factory.CreateGauge("socks64_build_info", "1, with the version of the gateway.", "version");
        _sessions = factory.CreateGauge("socks64_sessions", "Live sessions by state.", "state");
        _sessionLimit = factory.CreateGauge("socks64_sessions_limit", "Sessions that the settings allow.");
        _accepted = factory.CreateCounter("socks64_sessions_total", "Sessions that have begun.");
        _failures = factory.CreateCounter("socks64_session_failures_total", "Sessions that came to less than their client wanted, by reason.", "reason");
        _refusals = factory.CreateCounter("socks64_clients_turned_away_total", "Clients that were turned away at the door, by limit.", "limit");
        _replies = factory.CreateCounter("socks64_replies_total", "Replies by their code (RFC 1928 REP, two hexadecimal digits).", "code");
        _wrongLogins = factory.CreateCounter("socks64_wrong_logins_total", "Logins with a wrong name or password.");
        _throttledLogins = factory.CreateCounter("socks64_throttled_logins_total", "Logins that were refused unheard after too many wrong ones.");
        _relayed = factory.CreateCounter("socks64_relayed_bytes_total", "Octets relayed over TCP, as taken by the receiving side's socket.", "direction");
        _datagrams = factory.CreateCounter("socks64_udp_datagrams_total", "Datagrams relayed.", "direction");
        _datagramOctets = factory.CreateCounter("socks64_udp_bytes_total", "Octets of datagrams relayed, headers not counted.", "direction");
        _lost = factory.CreateCounter("socks64_udp_datagrams_lost_total", "Datagrams that the gateway lost for want of room in a buffer.");
        _refused = factory.CreateCounter("socks64_udp_datagrams_refused_total", "Datagrams that were not relayed: malformed, unasked for, or not allowed.");
        _addressIds = factory.CreateGauge("socks64_address_ids", "Live ADDRESS IDs.");
        _chainsLive = factory.CreateGauge("socks64_chain_live", "1 when some way through the declared chain stands.", "chain");
        _members = factory.CreateGauge("socks64_members", "Gateways of the cluster, this one included, by reachability.", "state");
        _legsUp = factory.CreateGauge("socks64_leg_up", "1 when the leg of a declared chain is in use, 0 when it is ejected.", "from", "to", "family");
        _ejected = factory.CreateGauge("socks64_server_ejected", "1 when the operator has taken the member or gateway out of the chains, else 0.", "server");
        _draining = factory.CreateGauge("socks64_draining", "1 when the gateway takes no new clients.");
        _ready = factory.CreateGauge("socks64_ready", "1 when /readyz says so.");
        _lag = factory.CreateGauge("socks64_loop_lag_seconds", "How long the scrape's own work waited for each loop.", "loop");
        _faults = factory.CreateCounter("socks64_loop_faults_total", "Exceptions that escaped from callbacks; each is a defect.");
        _records = factory.CreateCounter("socks64_session_records_dropped_total", "Records of sessions dropped because the log took too few.");
        _dropped = factory.CreateCounter("socks64_log_records_dropped_total", "Log records dropped because nobody read the log.");
        var setup = factory.CreateHistogram("socks64_session_setup_seconds", "From accept to success, by kind of route.", ["route"], new() { Buckets = SetupTimes.Bounds });
        (_directSetup, _chainSetup) = (new SetupMetric(setup.WithLabels("direct")), new SetupMetric(setup.WithLabels("chain")));
        DotNetStats.Register(Registry);
        Registry.AddBeforeCollectCallback(UpdateAsync);
    }

    public CollectorRegistry Registry { get; } = Prometheus.Metrics.NewCustomRegistry();

    private async Task UpdateAsync(CancellationToken cancellation)
    {
        var counts = await _gateway.Status.CountAsync();
        await _gate.WaitAsync(cancellation);
        try
        {
            ShowSessions(counts);
            ShowTraffic(counts);
            ShowWays();
            ShowSelf(counts);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void ShowSessions(NodeCounts counts)
    {
        foreach (var phase in Enum.GetValues<SessionPhase>())
            _sessions.WithLabels(Names.Of(phase)).Set(counts[phase]);
        _sessionLimit.Set(_gateway.Settings.Limits.Sessions);
        _accepted.IncTo(counts.Accepted);
        foreach (var failure in Enum.GetValues<SessionFailure>())
            _failures.WithLabels(Names.Of(failure)).IncTo(counts[failure]);
        foreach (var limit in Enum.GetValues<AdmissionResult>().Where(limit => limit != AdmissionResult.Admitted))
            _refusals.WithLabels(Names.Of(limit)).IncTo(counts[limit]);
        foreach (var code in Enum.GetValues<ReplyCode>())
            _replies.WithLabels(((byte)code).ToString("X2", CultureInfo.InvariantCulture)).IncTo(counts[code]);
        _wrongLogins.IncTo(counts.WrongLogins);
        _throttledLogins.IncTo(counts.ThrottledLogins);
        _directSetup.Show(counts.DirectSetup);
        _chainSetup.Show(counts.ChainSetup);
    }

    private void ShowTraffic(NodeCounts counts)
    {
        _relayed.WithLabels("to_target").IncTo(counts.OctetsToTarget);
        _relayed.WithLabels("to_client").IncTo(counts.OctetsToClient);
        _datagrams.WithLabels("to_target").IncTo(counts.UdpToTarget.Datagrams);
        _datagrams.WithLabels("to_client").IncTo(counts.UdpToClient.Datagrams);
        _datagramOctets.WithLabels("to_target").IncTo(counts.UdpToTarget.Octets);
        _datagramOctets.WithLabels("to_client").IncTo(counts.UdpToClient.Octets);
        _lost.IncTo(counts.UdpLost);
        _refused.IncTo(counts.UdpRefused);
    }

    private void ShowWays()
    {
        _addressIds.Set(_gateway.Status.AddressIdCount);
        var members = _gateway.Topology.Current.Members.ToList();
        _members.WithLabels("reachable").Set(members.Count(member => member.IsReachable));
        _members.WithLabels("unreachable").Set(members.Count(member => !member.IsReachable));
        var chains = _gateway.Status.Chains;
        foreach (var chain in chains)
            _chainsLive.WithLabels(chain.Name).Set(chain.IsLive ? 1 : 0);
        var legs = chains.SelectMany(chain => chain.Hops).SelectMany(hop => hop.Legs).DistinctBy(view => view.Leg).ToDictionary(view => LabelsOf(view.Leg), view => view.IsEjected);
        // Members come and go, and a leg of one that is gone says nothing.
        foreach (var gone in _legsUp.GetAllLabelValues().Where(labels => !legs.ContainsKey((labels[0], labels[1], labels[2]))).ToList())
            _legsUp.RemoveLabelled(gone);
        foreach (var ((from, to, family), isEjected) in legs)
            _legsUp.WithLabels(from, to, family).Set(isEjected ? 0 : 1);
        var ejected = _gateway.Ejected.Names;
        var servers = members.Select(member => member.Name).Concat(_gateway.Settings.Gateways.Keys).Concat(ejected).ToHashSet();
        foreach (var gone in _ejected.GetAllLabelValues().Where(labels => !servers.Contains(labels[0])).ToList())
            _ejected.RemoveLabelled(gone);
        foreach (var server in servers)
            _ejected.WithLabels(server).Set(ejected.Contains(server) ? 1 : 0);
    }

    private void ShowSelf(NodeCounts counts)
    {
        _build.WithLabels(NodeAnswers.Version).Set(1);
        _draining.Set(_gateway.Doorkeeper.IsDraining ? 1 : 0);
        _ready.Set(_gateway.Obstacles.Count == 0 ? 1 : 0);
        for (var loop = 0; loop < counts.Lags.Count; loop++)
            _lag.WithLabels(loop.ToString(CultureInfo.InvariantCulture)).Set(counts.Lags[loop].TotalSeconds);
        _faults.IncTo(_gateway.Loops.Sum(loop => loop.Faults));
        _dropped.IncTo(_log.Dropped);
        _records.IncTo(_gateway.RecordsDropped);
    }

    private static (string From, string To, string Family) LabelsOf(Leg leg) =>
        (leg.From, leg.To, leg.Family switch { IpFamily.V4 => "ipv4", IpFamily.V6 => "ipv6", _ => "any" });
}
