using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

internal sealed partial class MembershipActor
{
    private IReadOnlyList<Address> _seedNodes = [];
    private IActorRef? _seedProcess;

    /// <summary>In no cluster, and perhaps looking for one.</summary>
    private void Outside(object message)
    {
        switch (message)
        {
            case ClusterCommands.JoinSeedNodes(var seedNodes):
                JoinSeedNodes(seedNodes);
                break;
            case ClusterCommands.JoinTo(var address):
                JoinTo(address);
                break;
            default:
                AnswerFromOutside(message);
                break;
        }
    }

    /// <summary>Waiting for the welcome of a member.</summary>
    private UntypedReceive Joining(Address address) => message =>
    {
        switch (message)
        {
            case ClusterMessages.Welcome welcome:
                BeWelcomed(address, welcome);
                break;
            case ClusterCommands.JoinSeedNodes(var seedNodes):
                JoinSeedNodes(seedNodes);
                break;
            case ClusterCommands.JoinTo(var other) when !other.Equals(address):
                JoinTo(other);
                break;
            case RetryJoin when _seedNodes.Count > 0:
                JoinSeedNodes(_seedNodes);
                break;
            case RetryJoin:
                JoinTo(address);
                break;
            default:
                AnswerFromOutside(message);
                break;
        }
    };

    private void AnswerFromOutside(object message)
    {
        switch (message)
        {
            case ClusterMessages.InitJoin:
                Sender.Tell(new ClusterMessages.InitJoinNack(_self.Address));
                break;
            case ClusterCommands.LeaveForShutdown or ClusterCommands.AwaitExiting:
                Sender.Tell(Done.Instance);
                break;
            case ClusterCommands.ExitingCompleted:
                Sender.Tell(Done.Instance);
                _cluster.Shutdown();
                break;
            case ClusterCommands.Leave(var address) when address.Equals(_self.Address):
                _cluster.Shutdown();
                break;
        }
    }

    private void JoinSeedNodes(IReadOnlyList<Address> seedNodes)
    {
        StopSeedProcess();
        Become(Outside);
        if (seedNodes.Count == 0)
            return;
        _seedNodes = seedNodes;
        if (seedNodes.All(seed => seed.Equals(_self.Address)))
            JoinTo(_self.Address);
        else
            _seedProcess = Context.ActorOf(Props.Create(typeof(SeedNodeProcess), _cluster, seedNodes));
    }

    private void JoinTo(Address address)
    {
        StopSeedProcess();
        if (address.Protocol != _self.Address.Protocol || address.System != _self.Address.System)
        {
            _log.Warning("Cluster Node [{0}] - Trying to join [{1}] with wrong protocol or system name, but was ignored", _self.Address, address);
            return;
        }

        if (address.Equals(_self.Address))
        {
            Become(Member);
            Admit(new ClusterMessages.Join(_self, _settings.Roles), Self);
            return;
        }

        Become(Joining(address));
        if (_settings.RetryUnsuccessfulJoinAfter is { } patience)
            Timers.StartSingleTimer(nameof(RetryJoin), new RetryJoin(), patience);
        PeerAt(address).Tell(new ClusterMessages.Join(_self, _settings.Roles));
    }

    private void StopSeedProcess()
    {
        if (_seedProcess is not null)
            Context.Stop(_seedProcess);
        _seedProcess = null;
    }

    private void BeWelcomed(Address expected, ClusterMessages.Welcome welcome)
    {
        if (!welcome.From.Address.Equals(expected))
        {
            Info($"Ignoring welcome from [{welcome.From.Address}] when trying to join with [{expected}]");
            return;
        }

        if (!welcome.Gossip.HasMember(_self))
            return;
        Info($"Welcome from [{welcome.From.Address}]");
        Timers.Cancel(nameof(RetryJoin));
        _state = new MembershipState(welcome.Gossip.MarkSeen(_self), _self);
        Become(Member);
        Publish();
        GossipTo(welcome.From);
    }

    /// <summary>Who is going away lets nobody in.</summary>
    private void AnswerInitJoin()
    {
        Info($"Received InitJoin message from [{Sender.Path.Address}]");
        Sender.Tell(_state.SelfStatus is MemberStatus.Down or MemberStatus.Exiting or MemberStatus.Removed
            ? new ClusterMessages.InitJoinNack(_self.Address)
            : new ClusterMessages.InitJoinAck(_self.Address));
    }

    private void Admit(ClusterMessages.Join join, IActorRef sender)
    {
        var node = join.Node;
        if (node.Address.Protocol != _self.Address.Protocol || node.Address.System != _self.Address.System)
        {
            _log.Warning("Cluster Node [{0}] - Member with wrong protocol or system name tried to join, but was ignored: [{1}]", _self.Address, node.Address);
        }
        else if (_state.SelfStatus is MemberStatus.Down or MemberStatus.Exiting)
        {
            Info($"Trying to join [{node.Address}] to [{_state.SelfStatus}] member, ignoring. Use a member that is Up instead.");
        }
        else if (Gossip.HasMember(node))
        {
            // The welcome was lost.
            if (node != _self)
                sender.Tell(new ClusterMessages.Welcome(_self, Gossip));
        }
        else if (Gossip.Tombstones.ContainsKey(node))
        {
            Info($"Node [{node}] was removed from this cluster and cannot join it again; it must be restarted");
        }
        else if (Gossip.Find(node.Address) is { } old)
        {
            Replace(old, join, sender);
        }
        else
        {
            Add(join, sender);
        }
    }

    private void Add(ClusterMessages.Join join, IActorRef sender)
    {
        _detectors.Remove(join.Node.Address);
        Update(Gossip with { Members = Gossip.Members.Add(Akka.Cluster.Member.Joining(join.Node, join.Roles)) });
        Info($"Node [{join.Node.Address}] is JOINING, roles [{string.Join(",", join.Roles)}]");
        if (join.Node != _self)
            sender.Tell(new ClusterMessages.Welcome(_self, Gossip));
        else
            ActAsLeader();
        Publish();
    }

    /// <summary>A restart on the same address: the old incarnation cannot be there any more. The new one waits until it is removed.</summary>
    private void Replace(Member old, ClusterMessages.Join join, IActorRef sender)
    {
        Info($"New incarnation of existing member [{old}] is trying to join. Existing will be removed from the cluster and then new member will be allowed to join.");
        _pendingJoins[join.Node.Address] = new PendingJoin(join, sender);
        if (old.Status == MemberStatus.Down && Gossip.Reachability.Status(_self, old.UniqueAddress) == ReachabilityStatus.Terminated)
            return;
        Update(Gossip with { Reachability = Gossip.Reachability.Terminated(_self, old.UniqueAddress) });
        if (old.Status != MemberStatus.Down)
            MarkDown(old);
        Publish();
    }

    private void AdmitPending()
    {
        if (_pendingJoins.Count == 0)
            return;
        foreach (var (address, pending) in _pendingJoins.Where(pair => Gossip.Find(pair.Key) is null).ToArray())
        {
            _pendingJoins.Remove(address);
            Admit(pending.Join, pending.Sender);
        }
    }

    private sealed record RetryJoin;
}
