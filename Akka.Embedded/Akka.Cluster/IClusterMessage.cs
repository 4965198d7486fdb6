namespace Akka.Cluster;

/// <summary>What cluster nodes say to each other.</summary>
public interface IClusterMessage
{
}
