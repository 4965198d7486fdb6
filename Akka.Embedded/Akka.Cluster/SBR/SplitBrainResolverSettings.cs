using System.Collections.Immutable;
using Akka.Configuration;

namespace Akka.Cluster.SBR;

/// <summary>The section <c>akka.cluster.split-brain-resolver</c>.</summary>
public sealed class SplitBrainResolverSettings
{
    public const string DownAllName = "down-all";
    public const string KeepMajorityName = "keep-majority";
    public const string KeepOldestName = "keep-oldest";
    public const string StaticQuorumName = "static-quorum";
    public static readonly ImmutableHashSet<string> AllStrategyNames = [KeepMajorityName, KeepOldestName, StaticQuorumName, DownAllName];

    private const string Section = "akka.cluster.split-brain-resolver";

    /// <param name="config">The whole configuration.</param>
    /// <exception cref="ConfigurationException">The strategy is unknown, or its settings make no sense.</exception>
    public SplitBrainResolverSettings(Config config)
    {
        var section = config.GetConfig(Section)!;
        DowningStrategy = section.GetString("active-strategy")!.ToLowerInvariant();
        if (!AllStrategyNames.Contains(DowningStrategy))
        {
            throw new ConfigurationException(
                $"{Section}.active-strategy: unknown strategy [{DowningStrategy}]; it can be {string.Join(", ", AllStrategyNames.Order())}");
        }

        var stable = section.GetTimeSpan("stable-after");
        if (stable <= TimeSpan.Zero)
            throw new ConfigurationException($"{Section}.stable-after must be longer than 0s");
        DowningStableAfter = stable;
        DownAllWhenUnstable = ReadDownAllWhenUnstable(section, stable);
        KeepMajorityRole = Role(section, KeepMajorityName);
        KeepOldestSettings = new KeepOldestSettings(section.GetBoolean("keep-oldest.down-if-alone"), Role(section, KeepOldestName));
        StaticQuorumSettings = new StaticQuorumSettings(ReadQuorum(section), Role(section, StaticQuorumName));
    }

    /// <summary>How long reachability may go on changing beyond <see cref="DowningStableAfter"/> before everybody goes; zero: for ever.</summary>
    public TimeSpan DownAllWhenUnstable { get; }

    /// <summary>How long membership and reachability must have been unchanged before anybody is downed.</summary>
    public TimeSpan DowningStableAfter { get; }

    public string DowningStrategy { get; }

    public string KeepMajorityRole { get; }

    public KeepOldestSettings KeepOldestSettings { get; }

    public StaticQuorumSettings StaticQuorumSettings { get; }

    internal DowningStrategy CreateStrategy() => DowningStrategy switch
    {
        KeepMajorityName => new KeepMajority(KeepMajorityRole ?? ""),
        KeepOldestName => new KeepOldest(KeepOldestSettings.DownIfAlone, KeepOldestSettings.Role ?? ""),
        StaticQuorumName => new StaticQuorum(StaticQuorumSettings.Size, StaticQuorumSettings.Role ?? ""),
        _ => new DownAllNodes(),
    };

    private static TimeSpan ReadDownAllWhenUnstable(Config section, TimeSpan stableAfter)
    {
        var text = section.GetString("down-all-when-unstable")!.ToLowerInvariant();
        if (text is "off" or "false" or "no")
            return TimeSpan.Zero;
        if (text is not ("on" or "true" or "yes"))
            return section.GetTimeSpan("down-all-when-unstable");
        var share = stableAfter * 3 / 4;
        return share > TimeSpan.FromSeconds(4) ? share : TimeSpan.FromSeconds(4);
    }

    private static string Role(Config section, string strategy) => section.GetString($"{strategy}.role") is { Length: > 0 } role ? role : null!;

    private int ReadQuorum(Config section)
    {
        if (DowningStrategy != StaticQuorumName)
            return 0;
        if (!int.TryParse(section.GetString("static-quorum.quorum-size"), out var size) || size < 1)
            throw new ConfigurationException($"{Section}.static-quorum.quorum-size must be a number above 0");
        return size;
    }
}
