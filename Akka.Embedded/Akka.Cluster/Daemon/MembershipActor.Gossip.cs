using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.ClusterMessages;

namespace Akka.Cluster;

internal sealed partial class MembershipActor
{
    private void HearGossip(GossipEnvelope envelope)
    {
        var from = envelope.From;
        var theirs = envelope.Gossip;
        var before = Gossip;
        if (envelope.To != _self || !IsKnownAndReachable(from) || !theirs.HasMember(_self))
        {
            if (_settings.VerboseGossipReceivedLogging)
                _log.Debug("Cluster Node [{0}] - Ignoring gossip from [{1}]", _self.Address, from);
            return;
        }

        var (winner, answer) = theirs.Version.CompareTo(before.Version) switch
        {
            ClockOrder.Same => (theirs.MergeSeen(before), !theirs.SeenBy(_self)),
            ClockOrder.Before => (before, true),
            ClockOrder.After => (theirs, !theirs.SeenBy(_self)),
            _ => (before.Merge(theirs), true),
        };

        // While this node is exiting it has not seen anything, so that it is not removed before it has finished.
        _state = new MembershipState(_exiting ? winner : winner.MarkSeen(_self), _self);
        foreach (var member in Gossip.Members)
        {
            if (!before.HasMember(member.UniqueAddress))
                _detectors.Remove(member.Address);
        }

        if (_settings.VerboseGossipReceivedLogging)
            _log.Debug("Cluster Node [{0}] - Receiving gossip from [{1}]: {2}", _self.Address, from, Gossip);
        Publish();
        if (_state.SelfStatus == MemberStatus.Exiting)
            BeginExiting();
        if (answer && !_stopped)
            GossipTo(from);
    }

    /// <summary>The one who knows more sends it.</summary>
    private void HearStatus(GossipStatus status)
    {
        if (!IsKnownAndReachable(status.From))
            return;
        switch (status.Version.CompareTo(Gossip.Version))
        {
            case ClockOrder.Same:
                break;
            case ClockOrder.After:
                StatusTo(status.From);
                break;
            default:
                GossipTo(status.From);
                break;
        }
    }

    private bool IsKnownAndReachable(UniqueAddress node) => Gossip.HasMember(node) && Gossip.Reachability.IsReachable(_self, node);

    private void SendGossip()
    {
        var targets = Gossip.Members.Select(member => member.UniqueAddress).Where(_state.IsGossipTarget).ToArray();
        if (targets.Length == 0)
            return;
        if (Random.Shared.NextDouble() < _settings.DifferentViewProbability(Gossip.Members.Count))
        {
            var behind = Array.FindAll(targets, node => !Gossip.SeenBy(node));
            if (behind.Length > 0)
            {
                GossipTo(behind[Random.Shared.Next(behind.Length)]);
                return;
            }
        }

        var target = targets[Random.Shared.Next(targets.Length)];
        if (Gossip.SeenBy(target))
            StatusTo(target);
        else
            GossipTo(target);
    }

    /// <summary>While most have not seen the latest version, three times as often.</summary>
    private void SpeedUpGossip()
    {
        if (Gossip.Seen.Count >= Gossip.Members.Count / 2.0)
            return;
        Timers.StartSingleTimer("gossip-1", new ExtraGossipTick(), _settings.GossipInterval / 3);
        Timers.StartSingleTimer("gossip-2", new ExtraGossipTick(), _settings.GossipInterval * 2 / 3);
    }

    private void SendGossipToSome(int count)
    {
        var targets = Gossip.Members.Select(member => member.UniqueAddress).Where(_state.IsGossipTarget).ToArray();
        Random.Shared.Shuffle(targets);
        foreach (var target in targets.Take(count))
            GossipTo(target);
    }

    private void GossipTo(UniqueAddress node)
    {
        if (node != _self)
            PeerAt(node.Address).Tell(new GossipEnvelope(_self, node, Gossip));
    }

    private void StatusTo(UniqueAddress node) => PeerAt(node.Address).Tell(new GossipStatus(_self, Gossip.Version));
}
