using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>What the nodes of a cluster say to each other.</summary>
internal static class ClusterMessages
{
    /// <summary>To a seed node: are you in a cluster?</summary>
    public sealed record InitJoin : IClusterMessage, IDeadLetterSuppression;

    /// <summary>Yes.</summary>
    public sealed record InitJoinAck(Address From) : IClusterMessage, IDeadLetterSuppression;

    /// <summary>No.</summary>
    public sealed record InitJoinNack(Address From) : IClusterMessage, IDeadLetterSuppression;

    /// <summary>Let me in.</summary>
    public sealed record Join(UniqueAddress Node, ImmutableHashSet<string> Roles) : IClusterMessage, IDeadLetterSuppression;

    /// <summary>You are in; this is the cluster.</summary>
    public sealed record Welcome(UniqueAddress From, Gossip Gossip) : IClusterMessage, IDeadLetterSuppression;

    /// <summary>What I know.</summary>
    public sealed record GossipEnvelope(UniqueAddress From, UniqueAddress To, Gossip Gossip) : IClusterMessage, IDeadLetterSuppression;

    /// <summary>Which version I know.</summary>
    public sealed record GossipStatus(UniqueAddress From, VectorClock Version) : IClusterMessage, IDeadLetterSuppression;

    /// <summary>Are you there?</summary>
    public sealed record Heartbeat(long Sequence) : IClusterMessage, IDeadLetterSuppression;

    /// <summary>I am.</summary>
    public sealed record HeartbeatResponse(UniqueAddress From, long Sequence) : IClusterMessage, IDeadLetterSuppression;

    /// <summary>I have finished; nobody need wait for me.</summary>
    public sealed record ExitingConfirmed(UniqueAddress Node) : IClusterMessage, IDeadLetterSuppression;
}
