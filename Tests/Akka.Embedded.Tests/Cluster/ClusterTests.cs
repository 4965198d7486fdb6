using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Embedded.Tests.Cluster;

public sealed class ClusterTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<ActorSystem> _systems = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Task.WhenAll(_systems.Select(system => system.Terminate()));

    [Fact]
    public async Task A_node_that_joins_itself_is_up_and_leads()
    {
        var cluster = Start();
        await cluster.JoinAsync(cluster.SelfAddress).WaitAsync(Patience);
        Assert.True(cluster.IsUp);
        Assert.Equal(cluster.SelfAddress, cluster.State.Leader);
        Assert.Equal(MemberStatus.Up, cluster.SelfMember.Status);
    }

    [Fact]
    public async Task The_clusters_own_actors_may_use_it_before_its_start_is_over()
    {
        // On the starting thread itself they certainly run before it.
        var cluster = Start(
            "downing-provider-class = \"Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster\"",
            actor: "default-dispatcher.type = \"Akka.TestKit.CallingThreadDispatcherConfigurator, Akka.TestKit\"");
        await cluster.JoinAsync(cluster.SelfAddress).WaitAsync(Patience);
        Assert.False(cluster.IsTerminated);
    }

    [Fact]
    public async Task A_cluster_of_three_agrees()
    {
        var clusters = await Form(3);
        foreach (var cluster in clusters)
        {
            await Eventually.Holds(() => cluster.State.Members.Count(member => member.Status == MemberStatus.Up) == 3, () => $"{cluster.Membership.Gossip}");
            Assert.Equal(clusters.Min(other => other.SelfUniqueAddress)!.Address, cluster.State.Leader);
        }
    }

    [Fact]
    public async Task A_snapshot_comes_first_then_the_events()
    {
        var cluster = Start();
        var heard = Hear(cluster, InitialStateAsSnapshot, typeof(IMemberEvent));
        await Eventually.Holds(() => heard.Count == 1, () => $"{heard.Count} events");
        await cluster.JoinAsync(cluster.SelfAddress).WaitAsync(Patience);
        await Eventually.Holds(() => heard.Count == 2, () => string.Join(", ", heard));
        Assert.Empty(Assert.IsType<CurrentClusterState>(heard.First()).Members);
        Assert.IsType<MemberUp>(heard.Last());
    }

    [Fact]
    public async Task Events_of_the_past_come_to_who_wants_them()
    {
        var cluster = Start();
        await cluster.JoinAsync(cluster.SelfAddress).WaitAsync(Patience);
        var heard = Hear(cluster, InitialStateAsEvents, typeof(MemberUp), typeof(LeaderChanged));
        await Eventually.Holds(() => heard.Count == 2, () => string.Join(", ", heard));
        Assert.Equal([typeof(MemberUp), typeof(LeaderChanged)], heard.Select(happened => happened.GetType()));
    }

    [Fact]
    public async Task Who_has_unsubscribed_hears_no_more()
    {
        var cluster = Start();
        var heard = Hear(cluster, InitialStateAsEvents, out var subscriber, typeof(IMemberEvent));
        var witness = Hear(cluster, InitialStateAsEvents, typeof(IMemberEvent));
        cluster.Unsubscribe(subscriber);
        await cluster.JoinAsync(cluster.SelfAddress).WaitAsync(Patience);
        await Eventually.Holds(() => !witness.IsEmpty, () => "nothing happened");
        Assert.Empty(heard);
    }

    [Fact]
    public async Task A_node_that_leaves_ends_its_system_and_the_others_go_on()
    {
        var clusters = await Form(2);
        var removed = new TaskCompletionSource();
        clusters[1].RegisterOnMemberRemoved(() => removed.TrySetResult());
        await clusters[1].LeaveAsync().WaitAsync(Patience);
        await removed.Task.WaitAsync(Patience);
        await clusters[1].System.WhenTerminated.WaitAsync(Patience);
        Assert.True(clusters[1].IsTerminated);
        await Eventually.Holds(() => clusters[0].State.Members.Count == 1, () => $"{clusters[0].Membership.Gossip}");
    }

    [Fact]
    public async Task A_node_that_is_downed_ends_its_system()
    {
        var clusters = await Form(2);
        clusters[0].Down(clusters[1].SelfAddress);
        await clusters[1].System.WhenTerminated.WaitAsync(Patience);
        await Eventually.Holds(() => clusters[0].State.Members.Count == 1, () => $"{clusters[0].Membership.Gossip}");
        Assert.True(clusters[0].IsUp);
    }

    [Fact]
    public async Task Nobody_comes_up_before_there_are_enough()
    {
        var first = Start("min-nr-of-members = 2");
        var second = Start("min-nr-of-members = 2");
        var up = first.JoinAsync(first.SelfAddress);
        await Eventually.Holds(() => first.SelfMember.Status == MemberStatus.Joining, () => $"{first.SelfMember}");
        await second.JoinAsync(first.SelfAddress).WaitAsync(Patience);
        await up.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_node_with_another_secret_does_not_get_in()
    {
        var first = Start(remote: "embedded.secret = right");
        await first.JoinAsync(first.SelfAddress).WaitAsync(Patience);
        var stranger = Start(remote: "embedded.secret = wrong");
        stranger.Join(first.SelfAddress);
        var friend = Start(remote: "embedded.secret = right");
        await friend.JoinAsync(first.SelfAddress).WaitAsync(Patience);
        Assert.DoesNotContain(first.State.Members, member => member.Address == stranger.SelfAddress);
    }

    [Fact]
    public async Task Of_a_system_without_a_cluster_none_can_be_had()
    {
        using var system = ActorSystem.Create("lonely", "akka { loglevel = OFF, stdout-loglevel = OFF }");
        Assert.Throws<ConfigurationException>(() => Akka.Cluster.Cluster.Get(system));
        await system.Terminate();
    }

    private async Task<Akka.Cluster.Cluster[]> Form(int size)
    {
        var clusters = Enumerable.Range(0, size).Select(_ => Start()).ToArray();
        await clusters[0].JoinAsync(clusters[0].SelfAddress).WaitAsync(Patience);
        await Task.WhenAll(clusters[1..].Select(cluster => cluster.JoinAsync(clusters[0].SelfAddress))).WaitAsync(Patience);
        return clusters;
    }

    private Akka.Cluster.Cluster Start(string cluster = "", string remote = "", string actor = "")
    {
        var system = ActorSystem.Create("lab", ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = OFF, stdout-loglevel = OFF
              actor { provider = cluster, {{actor}} }
              remote { dot-netty.tcp { hostname = 127.0.0.1, port = 0 }, {{remote}} }
              cluster {
                gossip-interval = 100ms, leader-actions-interval = 100ms, periodic-tasks-initial-delay = 100ms
                {{cluster}}
              }
            }
            """));
        _systems.Add(system);
        return Akka.Cluster.Cluster.Get(system);
    }

    private static ConcurrentQueue<object> Hear(Akka.Cluster.Cluster cluster, SubscriptionInitialStateMode mode, params Type[] to) =>
        Hear(cluster, mode, out _, to);

    private static ConcurrentQueue<object> Hear(Akka.Cluster.Cluster cluster, SubscriptionInitialStateMode mode, out IActorRef subscriber, params Type[] to)
    {
        var heard = new ConcurrentQueue<object>();
        subscriber = cluster.System.ActorOf(Props.Create(() => new Listener(heard)));
        cluster.Subscribe(subscriber, mode, to);
        return heard;
    }

    private sealed class Listener(ConcurrentQueue<object> heard) : UntypedActor
    {
        protected override void OnReceive(object message) => heard.Enqueue(message);
    }
}
