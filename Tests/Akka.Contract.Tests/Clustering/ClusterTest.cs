using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;

namespace Akka.Contract.Tests.Clustering;

/// <summary>A test whose system is a cluster node, and which can start more of them. All of them are called <c>test</c>.</summary>
public abstract class ClusterTest : ContractTest
{
    private const string Clustering = """
        akka {
          actor.provider = cluster
          remote {
            dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            retry-gate-closed-for = 300ms
          }
          cluster {
            gossip-interval = 100ms
            leader-actions-interval = 100ms
            unreachable-nodes-reaper-interval = 100ms
            periodic-tasks-initial-delay = 100ms
            retry-unsuccessful-join-after = 500ms
            failure-detector { heartbeat-interval = 250ms, acceptable-heartbeat-pause = 3s, expected-response-after = 500ms }
            downing-provider-class = ""
          }
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          test.single-expect-default = 20s
        }
        """;

    private readonly List<ActorSystem> _nodes = [];

    protected ClusterTest(string config = "")
        : base(Clustering + "\n" + config)
    {
    }

    protected Cluster.Cluster Here => Cluster.Cluster.Get(Sys);

    protected static Cluster.Cluster Of(ActorSystem system) => Cluster.Cluster.Get(system);

    /// <summary>One more system, which is in no cluster yet.</summary>
    protected ActorSystem StartNode(string config = "")
    {
        var system = ActorSystem.Create("test", ConfigurationFactory.ParseString(config).WithFallback(Sys.Settings.Config));
        _nodes.Add(system);
        return system;
    }

    /// <summary>This system founds a cluster, and others join it one after the other; all are up when this returns.</summary>
    protected IReadOnlyList<ActorSystem> Form(params ActorSystem[] others)
    {
        Here.Join(Here.SelfAddress);
        AwaitUp(1, Sys);
        for (var joined = 0; joined < others.Length; joined++)
        {
            Of(others[joined]).Join(Here.SelfAddress);
            AwaitUp(joined + 2, [Sys, .. others.Take(joined + 1)]);
        }
        return [Sys, .. others];
    }

    /// <summary>Waits until each of the systems sees so many members, all of them up.</summary>
    protected void AwaitUp(int members, params ActorSystem[] systems) => AwaitAssert(() =>
    {
        foreach (var system in systems)
            Assert.Equal(members, Of(system).State.Members.Count(member => member.Status == MemberStatus.Up));
    }, Soon);

    /// <summary>Subscribes a probe of this system, which gets the state or its events first.</summary>
    protected Akka.TestKit.TestProbe Subscribe(ClusterEvent.SubscriptionInitialStateMode mode, params Type[] events)
    {
        var probe = CreateTestProbe();
        Here.Subscribe(probe.Ref, mode, events);
        return probe;
    }

    /// <summary>Ends a system without a word to its cluster.</summary>
    protected static Task Kill(ActorSystem system)
    {
        ((ExtendedActorSystem)system).Guardian.Stop();
        return system.WhenTerminated.WaitAsync(Soon);
    }

    protected override void AfterAll()
    {
        foreach (var system in _nodes)
            Shutdown(system, Soon);
    }
}
