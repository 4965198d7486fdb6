using Gateway.Actors.Chains;
using Gateway.Actors.Members;
using Gateway.Actors.Status;
using Gateway.Actors.Tests.Fakes;
using Gateway.Actors.Tests.Members;
using Gateway.Actors.Tests.Settings;
using Testing;

namespace Gateway.Actors.Tests.Status;

/// <summary>A chain through a relay and an exit by role, as gateways with the same settings see it.</summary>
public class ChainWatchTests
{
    private readonly GatewayEvents _events = new("e1", TimeProvider.System);
    private readonly ChainWatch _watch;

    public ChainWatchTests() => _watch = new(_events);

    [Fact]
    public void A_role_that_nobody_has_is_told_once_after_a_while_and_when_somebody_comes_who_has_it()
    {
        var (broken, whole) = (Seen("entry", Relay), Seen("entry", Relay, Exit));
        _watch.Look(broken, TimeSpan.Zero);
        _watch.Look(broken, ChainWatch.Patience - TimeSpan.FromTicks(1));
        Assert.Empty(_events.After(0));

        _watch.Look(broken, ChainWatch.Patience);
        _watch.Look(broken, 2 * ChainWatch.Patience);
        _watch.Look(whole, 3 * ChainWatch.Patience);
        _watch.Look(broken, 4 * ChainWatch.Patience);
        _watch.Look(whole, 5 * ChainWatch.Patience - TimeSpan.FromTicks(1));

        Assert.Equal(
            [
                (GatewayEventKind.ChainBroken, "way", "has no way: hop 2: no other member of the cluster has the role exit"),
                (GatewayEventKind.ChainRestored, "way", "has a way again"),
            ],
            _events.After(0).Select(news => (news.Kind, news.Subject, news.Message)));
    }

    [Fact]
    public async Task A_gateway_tells_of_its_own_chains()
    {
        var time = new FakeTime();
        await using var gateway = await TestGateway.StartAsync(
            """
            gateways { g1 { address = "192.0.2.1:1080" } }
            chains { lonely { hops = [ { gateways = [g1] } ] } }
            """, time);
        Assert.True(gateway.Host.Ejected.Eject("g1"));
        await Eventually.Holds(() =>
        {
            time.Advance(ChainWatch.Patience);
            return gateway.Host.Status.Events.After(0).Any(news => news is { Kind: GatewayEventKind.ChainBroken, Subject: "lonely" });
        }, () => string.Join('\n', gateway.Host.Status.Events.After(0)));
    }

    [Fact]
    public void A_chain_that_the_settings_have_no_more_is_forgotten()
    {
        var broken = Seen("entry");
        _watch.Look(broken, TimeSpan.Zero);
        _watch.Look([], ChainWatch.Patience);
        _watch.Look(broken, ChainWatch.Patience);
        Assert.Empty(_events.After(0));
    }

    [Theory]
    [InlineData("relay", false)]
    [InlineData("exit", false)]
    [InlineData("entry", true)]
    public void The_only_relay_of_a_chain_waits_for_no_other(string role, bool isMissed)
    {
        var chain = Assert.Single(Seen(role));
        Assert.Equal((false, isMissed), (chain.IsLive, chain.IsMissed));
    }

    [Fact]
    public void One_of_two_relays_waits_for_the_exit_like_everybody() => Assert.True(Assert.Single(Seen("relay", Relay)).IsMissed);

    private static MemberAnnouncement Relay => Announcements.Of("r2", 12, "relay");

    private static MemberAnnouncement Exit => Announcements.Of("x2", 13, "exit");

    private static IReadOnlyList<ChainView> Seen(string role, params MemberAnnouncement[] others)
    {
        var settings = Files.Load($$"""
            socks64 { node { name = n1, roles = [{{role}}] }, chains.way.hops = [{ role = relay }, { role = exit }] }
            akka.cluster.seed-nodes = ["akka.tcp://socks64@127.0.0.1:4053"]
            """).Settings;
        var topology = Topology.Alone(Announcements.Of("n1", 11, role)).WithOthers(others.Select(other => new Member(other)));
        return new ChainStatus(settings, topology, new LegHealth("n1"), [], TimeSpan.Zero).Chains;
    }
}
