namespace Akka.Cluster;

/// <summary>How one vector clock stands to another.</summary>
internal enum ClockOrder
{
    Same,
    Before,
    After,
    Concurrent,
}
