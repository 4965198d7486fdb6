namespace Akka.Cluster.SBR;

/// <summary>Which side of a split goes.</summary>
internal enum DowningDecision
{
    DownUnreachable,
    DownReachable,
    DownAll,
}
