using Akka.Event;

namespace Akka.Cluster;

internal sealed partial class MembershipActor
{
    private const int TicksUntilComplaint = 10;

    private int _ticksWithoutConvergence;

    private void ActAsLeader()
    {
        if (!_state.IsLeader)
        {
            _ticksWithoutConvergence = 0;
        }
        else if (_state.IsConverged(_exitingConfirmed))
        {
            if (_ticksWithoutConvergence >= TicksUntilComplaint)
                Info("Leader can perform its duties again");
            _ticksWithoutConvergence = 0;
            Apply(LeaderActions.OnConvergence(_state, _exitingConfirmed, _settings));
        }
        else
        {
            WaitForConvergence();
        }

        _exitingConfirmed.RemoveWhere(node => !Gossip.HasMember(node));
        EndWhenDown();
    }

    private void WaitForConvergence()
    {
        _ticksWithoutConvergence++;
        if (_settings.AllowWeaklyUpMembers && _ticksWithoutConvergence * _settings.LeaderActionsInterval >= _settings.WeaklyUpAfter)
            Apply(LeaderActions.WithoutConvergence(_state, _settings));
        if (_ticksWithoutConvergence % (TicksUntilComplaint * 6) == TicksUntilComplaint)
        {
            Info($"Leader can currently not perform its duties, reachability status: [{_state.TrustedReachability}], "
                + $"member status: [{string.Join(", ", Gossip.Members.Select(member => $"{member.Address} {member.Status} seen={Gossip.SeenBy(member.UniqueAddress)}"))}]");
        }
    }

    private void Apply(LeaderActions actions)
    {
        if (actions.IsNothing)
            return;
        var now = DateTimeOffset.UtcNow;
        var before = Gossip;
        if (actions.Changed.Any(member => member.UniqueAddress == _self && member.Status == MemberStatus.Exiting))
            BeginExiting();
        Update(actions.Apply(Gossip, now).PruneTombstones(now));
        foreach (var member in actions.Changed)
            Info($"Leader is moving node [{member.Address}] to [{member.Status}]");
        foreach (var node in actions.Removed)
            Info($"Leader is removing {(before.Find(node)?.Status == MemberStatus.Exiting ? "confirmed Exiting" : "unreachable")} node [{node.Address}]");
        Publish();
    }

    private void ReapUnreachable()
    {
        if (_pauses.HasPaused())
        {
            _log.Warning("Cluster Node [{0}] - This process has been stopped for a while; the failure detectors start again", _self.Address);
            _detectors.Reset();
            return;
        }

        var reachability = Gossip.Reachability;
        var lost = Gossip.Members
            .Where(member => member.UniqueAddress != _self
                && reachability.IsReachable(_self, member.UniqueAddress)
                && !_detectors.IsAvailable(member.Address))
            .ToArray();
        var found = reachability.AllUnreachableFrom(_self)
            .Where(node => _detectors.IsMonitoring(node.Address) && _detectors.IsAvailable(node.Address))
            .ToArray();
        if (lost.Length == 0 && found.Length == 0)
            return;
        foreach (var member in lost)
            reachability = reachability.Unreachable(_self, member.UniqueAddress);
        foreach (var node in found)
            reachability = reachability.Reachable(_self, node);
        Update(Gossip with { Reachability = reachability });
        if (lost.Length > 0)
            _log.Warning("Cluster Node [{0}] - Marking node(s) as UNREACHABLE [{1}]", _self.Address, string.Join(", ", lost.AsEnumerable()));
        if (found.Length > 0)
            Info($"Marking node(s) as REACHABLE [{string.Join(", ", found.AsEnumerable())}]");
        Publish();
    }
}
