namespace Akka.Cluster;

internal enum ReachabilityStatus
{
    Reachable = 0,
    Unreachable = 1,

    /// <summary>Replaced by a new incarnation: it will never be reachable again.</summary>
    Terminated = 2,
}
