using System.Net;
using System.Net.Sockets;
using Akka.Configuration;
using Gateway.Actors.Tests.Fakes;
using Gateway.Actors.Tests.Settings;
using Gateway.Protocol;
using Testing;

namespace Gateway.Actors.Tests.Members;

/// <summary>Whole gateways in one cluster.</summary>
public class GatewayMemberTests
{
    [Fact]
    public async Task Gateways_of_one_cluster_find_each_others_listeners_and_hear_of_a_drain()
    {
        var hosts = TestMember.Hosts(2);
        var g1 = Start("g1", hosts[0], hosts[0]);
        var g2 = Start("g2", hosts[1], hosts[0]);
        try
        {
            await Eventually.Holds(
                () => g1.Topology.Current.Find("g2") is { IsUsable: true } && g2.Topology.Current.Find("g1") is { IsUsable: true },
                () => $"g1 sees {g1.Topology.Current.Others.Length} others, g2 {g2.Topology.Current.Others.Length}");
            var seen = g1.Topology.Current.Find("g2")!;
            Assert.Equal(g2.Listening, seen.Endpoints);
            Assert.Equal(["relay", "exit"], seen.Roles);

            Assert.True(await g2.DrainAsync(Eventually.Patience));
            await Eventually.Holds(() => g1.Topology.Current.Find("g2") is { IsDraining: true }, () => "the drain is not announced");
            await g2.DisposeAsync();
            await Eventually.Holds(() => g1.Topology.Current.Find("g2") is null, () => "g2 is still there");
        }
        finally
        {
            await g2.DisposeAsync();
            await g1.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_gateway_that_cannot_be_a_member_serves_alone()
    {
        var hosts = TestMember.Hosts(1);
        using var taken = new TcpListener(IPAddress.Parse(hosts[0]), TestMember.Port);
        taken.Start();
        await using var gateway = Start("g1", hosts[0], hosts[0]);
        using var destination = new TcpDestination(IPAddress.Loopback);
        using var client = await SocksTestClient.ConnectAsync(gateway.Listening[0]);
        Assert.Equal(ReplyCode.Succeeded, (await client.AskAsync(SocksCommand.Connect, destination.Endpoint)).Code);
        Assert.Equal("g1", Assert.Single(gateway.Topology.Current.Members).Name);
    }

    private static GatewayHost Start(string name, string host, string seed)
    {
        var settings = Files.Read($$"""
            socks64 {
              node { name = {{name}}, roles = [relay] }
              listeners = [{ address = "127.0.0.1:0", auth = [none] }]
            }
            akka {
              loglevel = OFF, stdout-loglevel = OFF
              cluster { seed-nodes = ["{{TestMember.AddressOf(seed)}}"], roles = [exit] }
              remote.dot-netty.tcp { hostname = "{{host}}", port = {{TestMember.Port}} }
            }
            """);
        return GatewayHost.Start(settings, new SessionRecords(), ConfigurationFactory.ParseString(settings.Akka.Reveal()), loops: 1);
    }
}
