using Akka.Actor;
using Akka.Configuration;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>
/// Leaves the members of the cluster to the cluster's own failure detection: their actors are gone when the member is removed, and not
/// when it is merely unreachable.
/// </summary>
internal sealed class ClusterRemoteWatcher(Config config, Func<FailureDetector> newDetector) : RemoteWatcher(config, newDetector)
{
    private readonly HashSet<Address> _members = [];

    protected override bool IsResponsibleFor(Address node) => !_members.Contains(node);

    protected override void PreStart()
    {
        base.PreStart();
        Self.Tell(new Follow());
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Follow:
                Cluster.Get(Context.System).Subscribe(Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));
                break;
            case ClusterEvent.MemberRemoved removed:
                Forget(removed);
                break;
            case ClusterEvent.IMemberEvent happened:
                if (_members.Add(happened.Member.Address))
                    HandOver(happened.Member.Address);
                break;
            default:
                base.OnReceive(message);
                break;
        }
    }

    private void Forget(ClusterEvent.MemberRemoved removed)
    {
        var node = removed.Member.UniqueAddress;
        _members.Remove(node.Address);
        if (node == Cluster.Get(Context.System).SelfUniqueAddress)
            return;
        if (removed.PreviousStatus == MemberStatus.Down)
            Quarantine(node.Address, node.Uid);
        NodeIsGone(node.Address);
    }

    private sealed record Follow;
}
