using Akka.Cluster;

namespace Akka.Contract.Tests.Clustering;

public sealed class MinimumTests() : ClusterTest("akka.cluster.min-nr-of-members = 2")
{
    [Fact]
    public void Nobody_is_up_before_enough_have_joined()
    {
        Here.Join(Here.SelfAddress);
        AwaitAssert(() => Assert.Equal(MemberStatus.Joining, Here.SelfMember.Status));
        var other = StartNode();
        Of(other).Join(Here.SelfAddress);
        AwaitUp(2, Sys, other);
    }
}
