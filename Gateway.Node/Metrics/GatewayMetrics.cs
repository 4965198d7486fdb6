using System.Globalization;
using Gateway.Actors;
using Gateway.Actors.Access;
using Gateway.Actors.Chains;
using Gateway.Actors.Status;
using Gateway.Node.Logging;
using Gateway.Node.Status;
using Gateway.Node.Telemetry;
using Gateway.Protocol;

namespace Gateway.Node.Metrics;

/// <summary>
/// What the gateway's metrics are, and their numbers, for whichever format they are asked in. They are read from what the loops count; nothing
/// here is touched by a session. No label's values grow with the number of clients or destinations.
/// </summary>
/// <param name="spans">Null when no traces are sent.</param>
internal sealed class GatewayMetrics(GatewayHost gateway, LogWriter log, SpanExport? spans = null)
{
    private static readonly Metric Build = new(MetricKind.Gauge, "socks64_build_info", "1, with the version of the gateway.", "version");
    private static readonly Metric Sessions = new(MetricKind.Gauge, "socks64_sessions", "Live sessions by state.", "state");
    private static readonly Metric SessionLimit = new(MetricKind.Gauge, "socks64_sessions_limit", "Sessions that the settings allow.");
    private static readonly Metric Accepted = new(MetricKind.Counter, "socks64_sessions_total", "Sessions that have begun.");
    private static readonly Metric Failures = new(MetricKind.Counter, "socks64_session_failures_total", "Sessions that came to less than their client wanted, by reason.", "reason");
    private static readonly Metric Refusals = new(MetricKind.Counter, "socks64_clients_turned_away_total", "Clients that were turned away at the door, by limit.", "limit");
    private static readonly Metric Replies = new(MetricKind.Counter, "socks64_replies_total", "Replies by their code (RFC 1928 REP, two hexadecimal digits).", "code");
    private static readonly Metric WrongLogins = new(MetricKind.Counter, "socks64_wrong_logins_total", "Logins with a wrong name or password.");
    private static readonly Metric ThrottledLogins = new(MetricKind.Counter, "socks64_throttled_logins_total", "Logins that were refused unheard after too many wrong ones.");
    private static readonly Metric Relayed = new(MetricKind.Counter, "socks64_relayed_bytes_total", "Octets relayed over TCP, as taken by the receiving side's socket.", "direction");
    private static readonly Metric Datagrams = new(MetricKind.Counter, "socks64_udp_datagrams_total", "Datagrams relayed.", "direction");
    private static readonly Metric DatagramOctets = new(MetricKind.Counter, "socks64_udp_bytes_total", "Octets of datagrams relayed, headers not counted.", "direction");
    private static readonly Metric Lost = new(MetricKind.Counter, "socks64_udp_datagrams_lost_total", "Datagrams that the gateway lost for want of room in a buffer.");
    private static readonly Metric Refused = new(MetricKind.Counter, "socks64_udp_datagrams_refused_total", "Datagrams that were not relayed: malformed, unasked for, or not allowed.");
    private static readonly Metric AddressIds = new(MetricKind.Gauge, "socks64_address_ids", "Live ADDRESS IDs.");
    private static readonly Metric ChainsLive = new(MetricKind.Gauge, "socks64_chain_live", "1 when some way through the declared chain stands.", "chain");
    private static readonly Metric Members = new(MetricKind.Gauge, "socks64_members", "Gateways of the cluster, this one included, by reachability.", "state");
    private static readonly Metric LegsUp = new(MetricKind.Gauge, "socks64_leg_up", "1 when the leg of a declared chain is in use, 0 when it is ejected.", "from", "to", "family");
    private static readonly Metric Ejected = new(MetricKind.Gauge, "socks64_server_ejected", "1 when the operator has taken the member or gateway out of the chains, else 0.", "server");
    private static readonly Metric Draining = new(MetricKind.Gauge, "socks64_draining", "1 when the gateway takes no new clients.");
    private static readonly Metric Ready = new(MetricKind.Gauge, "socks64_ready", "1 when /readyz says so.");
    private static readonly Metric Lag = new(MetricKind.Gauge, "socks64_loop_lag_seconds", "How long the scrape's own work waited for each loop.", "loop");
    private static readonly Metric Faults = new(MetricKind.Counter, "socks64_loop_faults_total", "Exceptions that escaped from callbacks; each is a defect.");
    private static readonly Metric Records = new(MetricKind.Counter, "socks64_session_records_dropped_total", "Records of sessions dropped because the log took too few.");
    private static readonly Metric Dropped = new(MetricKind.Counter, "socks64_log_records_dropped_total", "Log records dropped because nobody read the log.");
    private static readonly Metric TracesSent = new(MetricKind.Counter, "socks64_traces_sent_total", "Sessions whose spans the OpenTelemetry collector took.");
    private static readonly Metric TracesDropped = new(MetricKind.Counter, "socks64_traces_dropped_total", "Sessions whose spans the OpenTelemetry collector did not take in time, or refused.");
    private static readonly Metric Setup = new(MetricKind.Histogram, "socks64_session_setup_seconds", "From accept to success, by kind of route.", "route");

    /// <summary>Every metric, whether it has a number by now or not.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        Build, Sessions, SessionLimit, Accepted, Failures, Refusals, Replies, WrongLogins, ThrottledLogins, Relayed, Datagrams, DatagramOctets, Lost, Refused,
        AddressIds, ChainsLive, Members, LegsUp, Ejected, Draining, Ready, Lag, Faults, Records, Dropped, TracesSent, TracesDropped, Setup,
    ];

    /// <summary>What the loops have counted by now.</summary>
    public Task<NodeCounts> CountAsync() => gateway.Status.CountAsync();

    /// <summary>Tells the numbers of all metrics.</summary>
    public void Show(NodeCounts counts, IMetricSink sink)
    {
        ShowSessions(counts, sink);
        ShowTraffic(counts, sink);
        ShowWays(sink);
        ShowSelf(counts, sink);
    }

    private void ShowSessions(NodeCounts counts, IMetricSink sink)
    {
        foreach (var phase in Enum.GetValues<SessionPhase>())
            sink.Show(Sessions, counts[phase], Names.Of(phase));
        sink.Show(SessionLimit, gateway.Settings.Limits.Sessions);
        sink.Show(Accepted, counts.Accepted);
        foreach (var failure in Enum.GetValues<SessionFailure>())
            sink.Show(Failures, counts[failure], Names.Of(failure));
        foreach (var limit in Enum.GetValues<AdmissionResult>().Where(limit => limit != AdmissionResult.Admitted))
            sink.Show(Refusals, counts[limit], Names.Of(limit));
        foreach (var code in Enum.GetValues<ReplyCode>())
            sink.Show(Replies, counts[code], ((byte)code).ToString("X2", CultureInfo.InvariantCulture));
        sink.Show(WrongLogins, counts.WrongLogins);
        sink.Show(ThrottledLogins, counts.ThrottledLogins);
        sink.Show(Setup, counts.DirectSetup, "direct");
        sink.Show(Setup, counts.ChainSetup, "chain");
    }

    private static void ShowTraffic(NodeCounts counts, IMetricSink sink)
    {
        sink.Show(Relayed, counts.OctetsToTarget, "to_target");
        sink.Show(Relayed, counts.OctetsToClient, "to_client");
        sink.Show(Datagrams, counts.UdpToTarget.Datagrams, "to_target");
        sink.Show(Datagrams, counts.UdpToClient.Datagrams, "to_client");
        sink.Show(DatagramOctets, counts.UdpToTarget.Octets, "to_target");
        sink.Show(DatagramOctets, counts.UdpToClient.Octets, "to_client");
        sink.Show(Lost, counts.UdpLost);
        sink.Show(Refused, counts.UdpRefused);
    }

    private void ShowWays(IMetricSink sink)
    {
        sink.Show(AddressIds, gateway.Status.AddressIdCount);
        var members = gateway.Topology.Current.Members.ToList();
        sink.Show(Members, members.Count(member => member.IsReachable), "reachable");
        sink.Show(Members, members.Count(member => !member.IsReachable), "unreachable");
        var chains = gateway.Status.Chains;
        foreach (var chain in chains)
            sink.Show(ChainsLive, chain.IsLive ? 1 : 0, chain.Name);
        foreach (var view in chains.SelectMany(chain => chain.Hops).SelectMany(hop => hop.Legs).DistinctBy(view => (view.Leg.From, view.Leg.To, FamilyOf(view.Leg))))
            sink.Show(LegsUp, view.IsEjected ? 0 : 1, view.Leg.From, view.Leg.To, FamilyOf(view.Leg));
        var ejected = gateway.Ejected.Names;
        foreach (var server in members.Select(member => member.Name).Concat(gateway.Settings.Gateways.Keys).Concat(ejected).Distinct())
            sink.Show(Ejected, ejected.Contains(server) ? 1 : 0, server);
    }

    private void ShowSelf(NodeCounts counts, IMetricSink sink)
    {
        sink.Show(Build, 1, NodeAnswers.Version);
        sink.Show(Draining, gateway.Doorkeeper.IsDraining ? 1 : 0);
        sink.Show(Ready, gateway.Obstacles.Count == 0 ? 1 : 0);
        for (var loop = 0; loop < counts.Lags.Count; loop++)
            sink.Show(Lag, counts.Lags[loop].TotalSeconds, loop.ToString(CultureInfo.InvariantCulture));
        sink.Show(Faults, gateway.Loops.Sum(loop => loop.Faults));
        sink.Show(Dropped, log.Dropped);
        sink.Show(Records, gateway.RecordsDropped);
        sink.Show(TracesSent, spans?.Sent ?? 0);
        sink.Show(TracesDropped, spans?.Dropped ?? 0);
    }

    private static string FamilyOf(Leg leg) => leg.Family switch { IpFamily.V4 => "ipv4", IpFamily.V6 => "ipv6", _ => "any" };
}
