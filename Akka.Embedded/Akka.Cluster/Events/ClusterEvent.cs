using Akka.Event;

namespace Akka.Cluster;

/// <summary>What subscribers of the cluster hear: <c>Cluster.Subscribe(actor, typeof(ClusterEvent.IMemberEvent))</c>.</summary>
public partial class ClusterEvent
{
    /// <summary>Every change, from the empty cluster to the present one, as if the subscriber had been there.</summary>
    public static readonly SubscriptionInitialStateMode InitialStateAsEvents = SubscriptionInitialStateMode.InitialStateAsEvents;

    /// <summary>One <see cref="CurrentClusterState"/>.</summary>
    public static readonly SubscriptionInitialStateMode InitialStateAsSnapshot = SubscriptionInitialStateMode.InitialStateAsSnapshot;

    /// <summary>How a new subscriber learns what was before.</summary>
    public enum SubscriptionInitialStateMode
    {
        InitialStateAsSnapshot = 0,
        InitialStateAsEvents = 1,
    }

    public interface IClusterDomainEvent : IDeadLetterSuppression
    {
    }

    /// <summary>This node's part in the cluster is over.</summary>
    public sealed class ClusterShuttingDown : IClusterDomainEvent
    {
        public static readonly IClusterDomainEvent Instance = new ClusterShuttingDown();

        private ClusterShuttingDown()
        {
        }

        public override string ToString() => "ClusterShuttingDown";
    }
}
