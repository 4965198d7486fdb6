namespace Akka.Cluster;

/// <summary>What one node says about another; the version grows with each statement of that observer.</summary>
internal sealed record ReachabilityRecord(UniqueAddress Observer, UniqueAddress Subject, ReachabilityStatus Status, long Version);
