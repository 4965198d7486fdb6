namespace Akka.Cluster.SBR;

/// <summary>Nobody survives.</summary>
internal sealed class DownAllNodes : DowningStrategy
{
    public override DowningDecision Decide(PartitionView view) => DowningDecision.DownAll;
}
