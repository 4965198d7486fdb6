namespace Akka.Embedded.Tests.Processes;

/// <summary>
/// Five real processes, and what happens to processes. <c>CLUSTER_ROUNDS</c> repeats it, with other victims each time;
/// <c>scripts/test-cluster.sh</c> sets it.
/// </summary>
[Collection(nameof(ProcessCollection))]
public class ClusterProcessTests
{
    private static readonly int RoundsWanted = int.TryParse(Environment.GetEnvironmentVariable("CLUSTER_ROUNDS"), out var rounds) ? rounds : 1;

    /// <summary>Beyond the acceptable pause: a heartbeat, a tick of each task, and a busy machine.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(6);

    public static TheoryData<int> Rounds => [.. Enumerable.Range(0, RoundsWanted)];

    [Theory]
    [MemberData(nameof(Rounds))]
    public async Task Stopped_restarted_leaving_and_killed_nodes_are_seen_as_what_they_are(int round)
    {
        using var five = new FiveNodes(stableAfter: "8s");
        await five.Formed();
        await A_stopped_node_is_unreachable_and_reachable_when_it_goes_on(five, five.Nodes[round % 5]);
        await five.Settled();
        await A_node_that_is_started_again_on_its_address_replaces_its_old_self(five, five.Nodes[(round + 1) % 5]);
        await five.Settled();
        await A_killed_node_is_unreachable_then_down_then_removed(five, five.Nodes[(round + 2) % 5]);
        await five.Settled();
        await A_node_that_leaves_is_gone_without_being_missed(five, five.Nodes[(round + 3) % 4]);
    }

    [NetworkNamespaceTheory]
    [MemberData(nameof(Rounds))]
    public async Task A_link_that_goes_down_and_up_leaves_one_cluster(int round)
    {
        using var link = new VirtualLink(round);
        using var five = new FiveNodes(
            "60s", (link.Left, link.LeftNetns), (link.Left, link.LeftNetns), (link.Left, link.LeftNetns), (link.Left, link.LeftNetns), (link.Right, link.RightNetns));
        await five.Formed();
        var alone = five.Nodes[4];
        var others = five.Nodes[..4];
        var moment = Environment.TickCount64;
        link.Down();
        foreach (var other in others)
        {
            await five.Printed(other, $"UnreachableMember {alone.Name}", moment);
            await five.Printed(alone, $"UnreachableMember {other.Name}", moment);
        }

        link.Up();
        foreach (var other in others)
        {
            await ExpectBackAgain(five, other, alone, moment);
            await ExpectBackAgain(five, alone, other, moment);
        }

        await five.Settled();
    }

    private static async Task A_stopped_node_is_unreachable_and_reachable_when_it_goes_on(FiveNodes five, NodeProcess paused)
    {
        var others = five.Nodes.Where(node => node != paused).ToArray();
        var moment = Environment.TickCount64;
        paused.Signal(NodeProcess.SigStop);
        foreach (var other in others)
            await five.Printed(other, $"UnreachableMember {paused.Name}", moment);
        paused.Signal(NodeProcess.SigCont);
        foreach (var other in others)
            await ExpectBackAgain(five, other, paused, moment);
        ExpectNothingElse(five, paused, moment);
    }

    private static async Task A_node_that_is_started_again_on_its_address_replaces_its_old_self(FiveNodes five, NodeProcess old)
    {
        var moment = Environment.TickCount64;
        old.Signal(NodeProcess.SigKill);
        var again = five.Restart(old);
        foreach (var other in five.Nodes.Where(node => node != again))
        {
            await five.Printed(other, $"Watching {again.Name}", moment);
            // Somebody misses the old self before the new one speaks up, or the other way round.
            string[] ended = other.About(again.Name, moment) is ["MemberDowned", ..] ? ["MemberDowned", "UnreachableMember"] : ["UnreachableMember", "MemberDowned"];
            Expect(five, other, again, moment, [.. ended, "MemberRemoved", "MemberJoined", "MemberUp"]);
        }

        await five.IsIn(again, moment);
        ExpectNothingElse(five, again, moment);
    }

    private static async Task A_killed_node_is_unreachable_then_down_then_removed(FiveNodes five, NodeProcess dead)
    {
        var moment = Environment.TickCount64;
        dead.Signal(NodeProcess.SigKill);
        five.Nodes.Remove(dead);
        foreach (var survivor in five.Nodes)
        {
            await five.Printed(survivor, $"MemberRemoved {dead.Name}", moment);
            await five.Printed(survivor, $"Gone {dead.Name}", moment);
            Expect(five, survivor, dead, moment, "UnreachableMember", "MemberDowned", "MemberRemoved");
            var detected = TimeSpan.FromMilliseconds(survivor.When($"UnreachableMember {dead.Name}", moment)!.Value - moment);
            Assert.True(detected >= FiveNodes.AcceptablePause - TimeSpan.FromMilliseconds(500), $"unreachable after {detected}");
            Assert.True(detected <= FiveNodes.AcceptablePause + Slack, $"unreachable after {detected}");
        }

        ExpectNothingElse(five, dead, moment);
        dead.Dispose();
    }

    private static async Task A_node_that_leaves_is_gone_without_being_missed(FiveNodes five, NodeProcess leaver)
    {
        var moment = Environment.TickCount64;
        leaver.Leave();
        foreach (var other in five.Nodes.Where(node => node != leaver))
        {
            await five.Printed(other, $"MemberRemoved {leaver.Name}", moment);
            Expect(five, other, leaver, moment, "MemberLeft", "MemberExited", "MemberRemoved");
        }

        await five.Printed(leaver, "Terminated", moment);
    }

    /// <summary>
    /// Several observers judge for themselves, so a node may hear of unreachable and reachable by turns; it begins with the one and
    /// ends with the other.
    /// </summary>
    private static async Task ExpectBackAgain(FiveNodes five, NodeProcess observer, NodeProcess subject, long moment)
    {
        await five.Until(
            () => observer.About(subject.Name, moment) is [.., "ReachableMember"],
            () => $"{observer.Name} does not see {subject.Name} back again");
        var seen = observer.About(subject.Name, moment);
        var turns = Enumerable.Range(0, seen.Length).Select(i => i % 2 == 0 ? "UnreachableMember" : "ReachableMember");
        Expect(five, observer, subject, moment, [.. turns]);
    }

    private static void Expect(FiveNodes five, NodeProcess observer, NodeProcess subject, long moment, params string[] events)
    {
        var seen = observer.About(subject.Name, moment);
        Assert.True(events.SequenceEqual(seen), $"{observer.Name} saw [{string.Join(", ", seen)}] of {subject.Name}\n{five.Transcript()}");
    }

    /// <summary>What happens to one node is nobody else's business.</summary>
    private static void ExpectNothingElse(FiveNodes five, NodeProcess subject, long moment)
    {
        foreach (var observer in five.Nodes.Where(node => node.Name != subject.Name))
        {
            foreach (var other in five.Nodes.Where(node => node.Name != subject.Name))
                Expect(five, observer, other, moment);
        }
    }
}
