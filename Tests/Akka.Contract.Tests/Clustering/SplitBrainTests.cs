using static Akka.Cluster.ClusterEvent;

namespace Akka.Contract.Tests.Clustering;

public sealed class SplitBrainTests() : ClusterTest("""
    akka.cluster {
      downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
      split-brain-resolver { active-strategy = keep-majority, stable-after = 1s }
    }
    """)
{
    [Fact]
    public async Task The_majority_removes_a_dead_node_by_itself()
    {
        var dead = StartNode();
        Form(StartNode(), dead);
        var address = Of(dead).SelfAddress;
        var events = Subscribe(SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(MemberRemoved));
        events.ExpectMsg<CurrentClusterState>();
        await Kill(dead);
        Assert.Equal(address, events.ExpectMsg<MemberRemoved>().Member.Address);
        AwaitUp(2, Sys);
    }
}
