using Akka.Actor;

namespace Akka.Cluster;

/// <summary>This node did not become a member, and will not.</summary>
public class ClusterJoinFailedException : AkkaException
{
    public ClusterJoinFailedException(string message)
        : base(message)
    {
    }
}
