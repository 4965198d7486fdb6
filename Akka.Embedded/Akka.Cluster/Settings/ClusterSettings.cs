using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster;

/// <summary>The section <c>akka.cluster</c>, read once.</summary>
public sealed class ClusterSettings
{
    private const string Section = "akka.cluster";

    private readonly Config _config;

    /// <param name="config">The whole configuration.</param>
    /// <param name="systemName">Seed nodes must bear the same.</param>
    /// <exception cref="ConfigurationException">A value makes no sense.</exception>
    public ClusterSettings(Config config, string systemName)
    {
        _config = config;
        FailureDetectorConfig = config.GetConfig($"{Section}.failure-detector")!;
        FailureDetectorImplementationClass = FailureDetectorConfig.GetString("implementation-class")!;
        HeartbeatInterval = Positive("failure-detector.heartbeat-interval");
        HeartbeatExpectedResponseAfter = Positive("failure-detector.expected-response-after");
        MonitoredByNrOfMembers = AtLeastOne("failure-detector.monitored-by-nr-of-members");
        SeedNodes = [.. config.GetStringList($"{Section}.seed-nodes").Select(text => ReadSeedNode(text, systemName, Remote.RemotingSettings.ProtocolOf(config)))];
        SeedNodeTimeout = Positive("seed-node-timeout");
        RetryUnsuccessfulJoinAfter = PositiveOrOff("retry-unsuccessful-join-after");
        ShutdownAfterUnsuccessfulJoinSeedNodes = PositiveOrOff("shutdown-after-unsuccessful-join-seed-nodes");
        PeriodicTasksInitialDelay = config.GetTimeSpan($"{Section}.periodic-tasks-initial-delay");
        GossipInterval = Positive("gossip-interval");
        LeaderActionsInterval = Positive("leader-actions-interval");
        UnreachableNodesReaperInterval = Positive("unreachable-nodes-reaper-interval");
        GossipDifferentViewProbability = config.GetDouble($"{Section}.gossip-different-view-probability");
        if (GossipDifferentViewProbability is not (>= 0 and <= 1))
            throw new ConfigurationException($"{Section}.gossip-different-view-probability must be from 0.0 to 1.0");
        ReduceGossipDifferentViewProbability = config.GetInt($"{Section}.reduce-gossip-different-view-probability");
        WeaklyUpAfter = PositiveOrOff("allow-weakly-up-members", whenOn: TimeSpan.FromSeconds(7)) ?? TimeSpan.Zero;
        AllowWeaklyUpMembers = WeaklyUpAfter > TimeSpan.Zero;
        Roles = [.. config.GetStringList($"{Section}.roles")];
        MinNrOfMembers = AtLeastOne("min-nr-of-members");
        MinNrOfMembersOfRole = ReadRoles();
        RunCoordinatedShutdownWhenDown = config.GetBoolean($"{Section}.run-coordinated-shutdown-when-down");
        LogInfo = config.GetBoolean($"{Section}.log-info");
        VerboseHeartbeatLogging = config.GetBoolean($"{Section}.debug.verbose-heartbeat-logging");
        VerboseGossipReceivedLogging = config.GetBoolean($"{Section}.debug.verbose-receive-gossip-logging");
        UseDispatcher = config.GetString($"{Section}.use-dispatcher")!;
        DowningProviderType = ReadDowningProvider();
    }

    public bool AllowWeaklyUpMembers { get; }

    public Type DowningProviderType { get; }

    public Config FailureDetectorConfig { get; }

    public string FailureDetectorImplementationClass { get; }

    public double GossipDifferentViewProbability { get; }

    public TimeSpan GossipInterval { get; }

    public TimeSpan HeartbeatExpectedResponseAfter { get; }

    public TimeSpan HeartbeatInterval { get; }

    public TimeSpan LeaderActionsInterval { get; }

    public bool LogInfo { get; }

    public int MinNrOfMembers { get; }

    public ImmutableDictionary<string, int> MinNrOfMembersOfRole { get; }

    public int MonitoredByNrOfMembers { get; }

    public TimeSpan PeriodicTasksInitialDelay { get; }

    public int ReduceGossipDifferentViewProbability { get; }

    /// <summary>Null: a join is never tried again.</summary>
    public TimeSpan? RetryUnsuccessfulJoinAfter { get; }

    public ImmutableHashSet<string> Roles { get; }

    public bool RunCoordinatedShutdownWhenDown { get; }

    public TimeSpan SeedNodeTimeout { get; }

    public ImmutableList<Address> SeedNodes { get; }

    /// <summary>Null: never.</summary>
    public TimeSpan? ShutdownAfterUnsuccessfulJoinSeedNodes { get; }

    public TimeSpan UnreachableNodesReaperInterval { get; }

    /// <summary>Empty: the default one.</summary>
    public string UseDispatcher { get; }

    public bool VerboseGossipReceivedLogging { get; }

    public bool VerboseHeartbeatLogging { get; }

    public TimeSpan WeaklyUpAfter { get; }

    /// <summary>The probability for a cluster of that size: it falls to a tenth, so that a large cluster is not flooded.</summary>
    internal double DifferentViewProbability(int members)
    {
        var low = ReduceGossipDifferentViewProbability;
        var high = low * 3;
        if (members <= low)
            return GossipDifferentViewProbability;
        var least = GossipDifferentViewProbability / 10;
        if (members >= high)
            return least;
        return GossipDifferentViewProbability - ((GossipDifferentViewProbability - least) * (members - low) / (high - low));
    }

    private static Address ReadSeedNode(string text, string systemName, string protocol)
    {
        if (!Address.TryParse(text, out var address) || address.HasLocalScope || address.Port is null)
            throw new ConfigurationException($"{Section}.seed-nodes: [{text}] is not an address like {protocol}://{systemName}@host:port");
        if (address.System != systemName)
            throw new ConfigurationException($"{Section}.seed-nodes: [{text}] names the system [{address.System}], but this one is [{systemName}]");
        if (address.Protocol != protocol)
            throw new ConfigurationException($"{Section}.seed-nodes: [{text}] has the protocol [{address.Protocol}], but here it is [{protocol}]");
        return address;
    }

    private TimeSpan Positive(string key)
    {
        var value = _config.GetTimeSpan($"{Section}.{key}");
        return value > TimeSpan.Zero ? value : throw new ConfigurationException($"{Section}.{key} must be longer than 0s, not {value}");
    }

    private TimeSpan? PositiveOrOff(string key, TimeSpan? whenOn = null) => _config.GetString($"{Section}.{key}")?.ToLowerInvariant() switch
    {
        "off" or "false" or "no" => null,
        "on" or "true" or "yes" when whenOn is not null => whenOn,
        _ => Positive(key),
    };

    private int AtLeastOne(string key)
    {
        var value = _config.GetInt($"{Section}.{key}");
        return value > 0 ? value : throw new ConfigurationException($"{Section}.{key} must be above 0, not {value}");
    }

    private ImmutableDictionary<string, int> ReadRoles()
    {
        var roles = _config.GetConfig($"{Section}.role");
        if (roles.IsNullOrEmpty())
            return ImmutableDictionary<string, int>.Empty;
        return roles.AsEnumerable().ToImmutableDictionary(role => role.Key, role => AtLeastOne($"role.\"{role.Key}\".min-nr-of-members"));
    }

    private Type ReadDowningProvider()
    {
        var name = _config.GetString($"{Section}.downing-provider-class")!;
        if (name.Length == 0)
            return typeof(NoDowning);
        var type = Type.GetType(name);
        return type is not null && type.IsAssignableTo(typeof(IDowningProvider))
            ? type
            : throw new ConfigurationException($"{Section}.downing-provider-class: [{name}] is not an IDowningProvider");
    }
}
