using Akka.Actor;

namespace Akka.Cluster;

internal sealed partial class MembershipActor
{
    private const int LastGossips = 5;

    private readonly List<IActorRef> _awaitingExiting = [];
    private bool _exiting;
    private bool _stopped;

    private void Leave(Address address)
    {
        if (Gossip.Find(address) is not { Status: MemberStatus.Joining or MemberStatus.WeaklyUp or MemberStatus.Up } member)
            return;
        Update(Gossip.Update([member.Copy(MemberStatus.Leaving)]));
        Info($"Marked address [{address}] as [{MemberStatus.Leaving}]");
        Publish();
        SendGossip();
    }

    private void Down(Address address)
    {
        if (Gossip.Find(address) is not { } member)
        {
            Info($"Ignoring down of unknown node [{address}]");
            return;
        }

        if (member.Status == MemberStatus.Down)
            return;
        MarkDown(member);
        Publish();
        if (member.UniqueAddress == _self)
            SendGossipToSome(LastGossips);
    }

    private void MarkDown(Member member)
    {
        Update(Gossip.MarkDown(member));
        Info($"Marking node [{member.Address}] as [{MemberStatus.Down}]");
    }

    /// <summary>The shutdown of this node begins; it says when it has finished.</summary>
    private void BeginExiting()
    {
        if (_exiting)
            return;
        _exiting = true;
        Info("Exiting, starting coordinated shutdown");
        _ = CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
    }

    /// <summary>
    /// Those who lead next are told that nobody need wait for this node: they would have to wait until it is unreachable otherwise.
    /// </summary>
    private void FinishExiting(IActorRef asker)
    {
        Info("Exiting completed");
        _exiting = false;
        _state = new MembershipState(Gossip.MarkSeen(_self), _self);
        Publish();
        SendGossipToSome(LastGossips);
        var others = Gossip.Members.Where(member => member.UniqueAddress != _self).ToList();
        for (var i = 0; i < 2 && _state.LeaderAmong(others) is { } leader; i++)
        {
            PeerAt(leader.Address).Tell(new ClusterMessages.ExitingConfirmed(_self));
            others.RemoveAll(member => member.UniqueAddress == leader);
        }

        asker.Tell(Done.Instance);
        End();
    }

    private void Confirm(UniqueAddress node)
    {
        if (!Gossip.HasMember(node))
            return;
        Info($"Exiting confirmed [{node.Address}]");
        _exitingConfirmed.Add(node);
    }

    /// <summary>A member that is down ends when every other that is down has heard of it, so that they end too.</summary>
    private void EndWhenDown()
    {
        if (_state.SelfStatus != MemberStatus.Down || _stopped)
            return;
        var waiting = Gossip.Members.Where(member => member.Status == MemberStatus.Down
            && Gossip.Reachability.IsReachable(member.UniqueAddress)
            && !Gossip.SeenBy(member.UniqueAddress));
        if (waiting.Any())
            return;
        Info("Node has been marked as DOWN. Shutting down myself");
        SendGossipToSome(LastGossips);
        End();
    }

    private void End()
    {
        _stopped = true;
        _cluster.Shutdown();
    }

    private void AwaitExiting(IActorRef asker)
    {
        _awaitingExiting.Add(asker);
        ReleaseAwaitingExiting();
    }

    private void ReleaseAwaitingExiting()
    {
        if (_state.SelfStatus is MemberStatus.Exiting or MemberStatus.Down or MemberStatus.Removed)
            ReleaseShutdown();
    }

    private void ReleaseShutdown()
    {
        foreach (var asker in _awaitingExiting)
            asker.Tell(Done.Instance);
        _awaitingExiting.Clear();
    }
}
