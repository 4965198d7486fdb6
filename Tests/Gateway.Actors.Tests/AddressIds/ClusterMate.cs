using Akka.Actor;
using Gateway.Actors.Tests.Fakes;
using Gateway.Actors.Tests.Members;
using Testing;

namespace Gateway.Actors.Tests.AddressIds;

/// <summary>Whole gateways that are members of one cluster, each with its remoting on a loopback address of its own.</summary>
internal static class ClusterMate
{
    /// <summary>Starts one.</summary>
    /// <param name="name">Its own.</param>
    /// <param name="host">Where its remoting listens (<see cref="TestMember.Hosts"/>).</param>
    /// <param name="seed">Where that of the first of them does.</param>
    /// <param name="settings">HOCON under <c>socks64</c>.</param>
    public static Task<TestGateway> StartAsync(string name, string host, string seed, string settings = "", FakeTime? time = null) => TestGateway.StartAsync(
        $"node.name = {name}\n{settings}", time,
        read => read with { Cluster = read.Cluster with { IsJoined = true, SeedNodes = [TestMember.AddressOf(seed)] } },
        $"akka.remote.dot-netty.tcp {{ hostname = \"{host}\", port = 4053 }}");

    /// <summary>Waits until each sees all others.</summary>
    public static Task Meet(params TestGateway[] gateways) => Eventually.Holds(
        () => gateways.All(gateway => gateway.Host.Topology.Current.Others.Count(member => member.IsReachable) == gateways.Length - 1),
        () => string.Join("; ", gateways.Select(gateway => $"{gateway.Host.Topology.Current.Self} sees [{string.Join(' ', gateway.Host.Topology.Current.Others)}]")));

    /// <summary>Waits until this gateway knows that many IDs.</summary>
    public static Task HasIds(this TestGateway gateway, int count) => Eventually.Holds(
        () => gateway.Host.Status.AddressIds().Count == count, () => $"{gateway.Host.Status.AddressIds().Count} IDs are known, {count} are expected");

    /// <summary>Takes it from its cluster as if its process were killed: no word to anybody, and nothing follows.</summary>
    public static async Task KillMemberAsync(this TestGateway gateway)
    {
        var membership = gateway.Host.Membership!;
        var life = membership.Life!;
        membership.Abandon();
        ((ExtendedActorSystem)life).Guardian.Stop();
        await life.WhenTerminated.WaitAsync(Eventually.Patience);
    }

    /// <summary>Ends the present life of its member system without a word to the others; the next one follows.</summary>
    public static async Task BreakMemberAsync(this TestGateway gateway)
    {
        var life = gateway.Host.Membership!.Life!;
        ((ExtendedActorSystem)life).Guardian.Stop();
        await life.WhenTerminated.WaitAsync(Eventually.Patience);
    }
}
