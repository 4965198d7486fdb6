using Gateway.Actors.Chains;
using Gateway.Actors.Members;
using Gateway.Actors.Tests.Fakes;
using Gateway.Actors.Tests.Settings;
using Gateway.Protocol;
using SocksLib;

namespace Gateway.Actors.Tests.Chains;

public class ChainPlannerTests
{
    private const string Gateways = """
        gateways {
          a { address = "192.0.2.1:1080", username = me, password = secret }
          b { address = "192.0.2.2:1080", one-flight = on }
          named { address = "lab.test:1080" }
          kitamura { address = "192.0.2.4:1080", address-associate = on }
        }
        """;

    private const string Cluster = "akka.cluster.seed-nodes = [\"akka.tcp://socks64@127.0.0.1:4053\"]\n";

    private readonly FakeTime _time = new();
    private readonly LegHealth _health = new("me");
    private readonly EjectedServers _ejected = new();
    private readonly TopologyBoard _board = new(Topology.Alone(Announced("me", ["relay", "other"])));

    private TimeSpan Now => _time.GetElapsedTime(0);

    private static MemberAnnouncement Announced(string name, string[] roles, FamilyWish egress = FamilyWish.Any, int sessions = 0, bool draining = false, params string[] endpoints) => new()
    {
        Name = name,
        Incarnation = new($"akka.tcp://socks64@{name}:4053", 1),
        Roles = roles,
        Endpoints = [.. (endpoints.Length > 0 ? endpoints : ["198.51.100.1:1080", "[2001:db8::1]:1080"]).Select(Parsed)],
        Egress = egress,
        Sessions = sessions,
        IsDraining = draining,
    };

    private static LiteralEndpoint Parsed(string text) => LiteralEndpoint.From(System.Net.IPEndPoint.Parse(text));

    private void Join(params Member[] others) => _board.Update(topology => topology.WithOthers(others));

    private static Member Relay(string name, int sessions = 0, bool draining = false, bool reachable = true, FamilyWish egress = FamilyWish.Any, params string[] endpoints) =>
        new(Announced(name, ["relay"], egress, sessions, draining, endpoints), reachable);

    private ChainPlanner Planner(string hops, string more = "") => new(
        Files.Read($$"""
            {{Cluster}}
            socks64 {
              node.name = me
              {{Gateways}}
              chains.way { hops = [{{hops}}], {{more}} }
            }
            """),
        _board, _health, _ejected, MemberKey.Derive("secret"u8), _time);

    private static ChainTerms To(string destination, int hopsLeft = 7, string client = "203.0.113.7") => new()
    {
        Client = IpLiteral.Parse(client),
        User = "alice",
        Trace = new(1),
        Destination = IpLiteral.TryParse(destination, out var ip) ? new(ip, 80) : Families.Named(destination, 80),
        HopsLeft = hopsLeft,
    };

    private static ChainPlan Plan(ChainPlanner planner, string destination = "www.test", string client = "203.0.113.7")
    {
        Assert.True(planner.TryPlan("way", To(destination, client: client), out var plan, out var failure), $"{failure}");
        return plan;
    }

    private static string Names(IEnumerable<HopServer> servers) => string.Join(' ', servers.Select(server => server.Name));

    private static string Addresses(IEnumerable<HopServer> servers) => string.Join(' ', servers.Select(server => server.Address));

    private static ChainFailure Fail(ChainPlanner planner, string destination = "www.test", int hopsLeft = 7)
    {
        Assert.False(planner.TryPlan("way", To(destination, hopsLeft), out _, out var failure));
        return failure;
    }

    [Fact]
    public void A_member_that_joins_while_a_chain_is_set_up_is_a_candidate_when_the_plan_is_asked_again()
    {
        Join(Relay("r1"));
        var pool = Plan(Planner("{ role = relay, over = ipv4 }")).Hops[0];
        Assert.Equal("r1", Names(pool.Candidates(null)));

        Join(Relay("r1"), Relay("r2"));

        Assert.Equal(["r1", "r2"], pool.Candidates(null).Select(server => server.Name).Order());
    }

    [Fact]
    public void A_plan_carries_the_chain_and_each_hops_gateways_as_they_are_configured()
    {
        var plan = Plan(Planner("{ gateways = [b, a], over = ipv4, pick = in-order }, { gateways = [named] }", "setup-timeout = 3s, hedge-after = off"));

        Assert.Equal(("way", TimeSpan.FromSeconds(3), null), (plan.Name, plan.SetupTimeout, plan.HedgeAfter));
        var first = plan.Hops[0].Candidates(null);
        Assert.Equal("b a", Names(first));
        Assert.Equal((true, false), (first[0].TakesOneFlight, first[1].TakesOneFlight));
        Assert.Equal(new PasswordRequest("me", "secret"), first[1].Login.Authenticate(default));
        Assert.Equal("lab.test:1080", Addresses(plan.Hops[1].Candidates(first[0])));
    }

    [Fact]
    public void Members_with_the_role_are_candidates_at_each_of_their_addresses_of_the_family()
    {
        Join(Relay("r1", endpoints: ["198.51.100.1:1080", "[2001:db8::1]:1080"]), Relay("r2", endpoints: ["198.51.100.2:1080"]), new(Announced("x", ["exit"])));

        Assert.Equal("198.51.100.1:1080 [2001:db8::1]:1080 198.51.100.2:1080", Addresses(Plan(Planner("{ role = relay, pick = in-order }")).Hops[0].Candidates(null)));
        Assert.Equal("198.51.100.1:1080 198.51.100.2:1080", Addresses(Plan(Planner("{ role = relay, over = ipv4, pick = in-order }")).Hops[0].Candidates(null)));
        Assert.Equal("[2001:db8::1]:1080", Addresses(Plan(Planner("{ role = relay, over = ipv6 }")).Hops[0].Candidates(null)));
    }

    [Fact]
    public void Members_take_one_flight_and_are_told_on_whose_behalf_and_how_far_it_may_go()
    {
        Join(Relay("r1"), new(Announced("x1", ["exit"])));

        var plan = Plan(Planner("{ role = relay }, { role = exit }", "destination.over = ipv6"));

        var first = plan.Hops[0].Candidates(null)[0];
        var last = plan.Hops[1].Candidates(first)[0];
        MemberLeg[] told = [((MemberLogin)first.Login).Leg, ((MemberLogin)last.Login).Leg];
        Assert.True(first.TakesOneFlight && last.TakesOneFlight);
        Assert.All(told, leg => Assert.Equal(("me", IpLiteral.Parse("203.0.113.7"), "alice", new TraceId(1)), (leg.Member, leg.Client, leg.User, leg.Trace)));
        Assert.Equal([(6, FamilyWish.Any), (5, FamilyWish.Ipv6)], told.Select(leg => ((int)leg.HopsLeft, leg.Over)));
    }

    [Fact]
    public void This_node_is_no_hop_of_its_own_chains()
    {
        Join(Relay("r1"));
        Assert.DoesNotContain("me", Names(Plan(Planner("{ role = relay }")).Hops[0].Candidates(null)));
    }

    [Fact]
    public void A_server_is_no_candidate_for_a_leg_that_starts_at_itself()
    {
        Join(Relay("r1", endpoints: ["198.51.100.1:1080"]), Relay("r2", endpoints: ["198.51.100.2:1080"]));

        var plan = Plan(Planner("{ role = relay, pick = in-order }, { role = relay, pick = in-order }"));

        var first = plan.Hops[0].Candidates(null)[0];
        Assert.Equal("r2", Names(plan.Hops[1].Candidates(first)));
    }

    [Fact]
    public void Who_drains_is_not_picked()
    {
        Join(Relay("r1", draining: true), Relay("r2", draining: true, reachable: false), Relay("r3", endpoints: ["198.51.100.3:1080"]));
        Assert.Equal("r3", Names(Plan(Planner("{ role = relay }")).Hops[0].Candidates(null)));
    }

    [Fact]
    public void Whom_the_operator_ejected_is_not_picked_until_restored()
    {
        Join(Relay("r1"), Relay("r2", endpoints: ["198.51.100.2:1080"]));
        var planner = Planner("{ role = relay, over = ipv4, pick = in-order }, { gateways = [a, b] }");
        _ejected.Eject("r1");
        _ejected.Eject("b");
        var plan = Plan(planner);
        Assert.Equal(("r2", "a"), (Names(plan.Hops[0].Candidates(null)), Names(plan.Hops[1].Candidates(null))));

        _ejected.Restore("r1");
        _ejected.Restore("b");
        plan = Plan(planner);
        Assert.Equal("r1 r2", Names(plan.Hops[0].Candidates(null)));
        Assert.Equal(["a", "b"], plan.Hops[1].Candidates(null).Select(server => server.Name).Order());
    }

    [Fact]
    public void A_hop_whose_servers_the_operator_ejected_fails_and_says_so()
    {
        var planner = Planner("{ gateways = [a, b] }, { role = relay }");
        Join(Relay("r1"), Relay("r2", draining: true));
        _ejected.Eject("r1");
        Assert.Equal("chain way, hop 2, connect: every member with the role relay was ejected by the operator, or drains", $"{Fail(planner)}");
        _ejected.Eject("a");
        _ejected.Eject("b");
        Assert.Equal("chain way, hop 1, connect: the operator ejected all of its gateways", $"{Fail(planner)}");
    }

    [Fact]
    public void Who_is_out_of_reach_is_tried_behind_everybody_else()
    {
        Member At(string name, int host, bool reachable) => Relay(name, reachable: reachable, endpoints: [$"198.51.100.{host}:1080"]);
        Join(At("r1", 1, reachable: false), At("r2", 2, reachable: true), At("r3", 3, reachable: true));
        _health.Report(new Leg("me", "r2", IpFamily.V4), LegOutcome.Failed, default, Now);

        Assert.Equal("r3 r2 r1", Names(Plan(Planner("{ role = relay, pick = in-order }")).Hops[0].Candidates(null)));

        Join(At("r1", 1, reachable: false));
        Assert.Equal("r1", Names(Plan(Planner("{ role = relay, pick = in-order }")).Hops[0].Candidates(null)));
    }

    [Fact]
    public void A_last_hop_that_has_no_way_in_the_destinations_family_is_not_picked()
    {
        Join(Relay("r4", egress: FamilyWish.Ipv4, endpoints: ["198.51.100.4:1080"]), Relay("r6", egress: FamilyWish.Ipv6, endpoints: ["198.51.100.6:1080"]));
        var planner = Planner("{ role = relay, pick = in-order }");

        Assert.Equal("r4", Names(Plan(planner, "192.0.2.80").Hops[0].Candidates(null)));
        Assert.Equal("r6", Names(Plan(planner, "2001:db8::80").Hops[0].Candidates(null)));
        Assert.Equal("r4 r6", Names(Plan(planner).Hops[0].Candidates(null)));
        Assert.Equal("r6", Names(Plan(Planner("{ role = relay, pick = in-order }", "destination.over = ipv6")).Hops[0].Candidates(null)));
    }

    [Fact]
    public void Round_robin_goes_on_from_plan_to_plan()
    {
        var planner = Planner("{ gateways = [a, b] }");
        Assert.Equal(["a b", "b a", "a b"], Enumerable.Range(0, 3).Select(_ => Names(Plan(planner).Hops[0].Candidates(null))));
    }

    [Fact]
    public void The_order_stays_the_same_within_a_plan_whatever_is_learned_meanwhile()
    {
        var pool = Plan(Planner("{ gateways = [a, b], pick = in-order }")).Hops[0];
        var before = pool.Candidates(null);
        pool.Report(null, before[0], LegOutcome.Failed, default);
        Assert.Equal("a b", Names(pool.Candidates(null)));
    }

    [Fact]
    public void Ejected_legs_come_last_and_only_for_where_they_start()
    {
        var planner = Planner("{ gateways = [named], pick = in-order }, { gateways = [a, b], pick = in-order }");
        var plan = Plan(planner);
        var first = plan.Hops[0].Candidates(null)[0];
        plan.Hops[1].Report(first, plan.Hops[1].Candidates(first)[0], LegOutcome.Failed, default);

        var next = Plan(planner).Hops[1];

        Assert.Equal("b a", Names(next.Candidates(first)));
        Assert.Equal("a b", Names(next.Candidates(null)));
    }

    [Fact]
    public void A_leg_from_elsewhere_whose_time_has_come_is_tried_by_one_connection()
    {
        var planner = Planner("{ gateways = [named], pick = in-order }, { gateways = [a, b], pick = in-order }");
        var from = Plan(planner).Hops[0].Candidates(null)[0];
        _health.Report(new Leg("named", "a", IpFamily.V4), LegOutcome.Failed, default, Now);
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(["a b", "b a"], Enumerable.Range(0, 2).Select(_ => Names(Plan(planner).Hops[1].Candidates(from))));

        _health.Report(new Leg("named", "a", IpFamily.V4), LegOutcome.Alive, TimeSpan.FromMilliseconds(1), Now);
        Assert.Equal("a b", Names(Plan(planner).Hops[1].Candidates(from)));
    }

    [Fact]
    public void Least_sessions_counts_what_members_announce_and_what_this_node_has_brought_since()
    {
        Join(Relay("r1", sessions: 2, endpoints: ["198.51.100.1:1080"]), Relay("r2", sessions: 3, endpoints: ["198.51.100.2:1080"]));
        var planner = Planner("{ role = relay, pick = least-sessions }");
        Assert.Equal("r1 r2", Names(Plan(planner).Hops[0].Candidates(null)));

        planner.Load.Enter("r1");
        planner.Load.Enter("r1");
        Assert.Equal("r2 r1", Names(Plan(planner).Hops[0].Candidates(null)));

        planner.Load.Leave("r1");
        planner.Load.Leave("r1");
        Assert.Equal("r1 r2", Names(Plan(planner).Hops[0].Candidates(null)));
    }

    [Fact]
    public void Lowest_latency_is_that_of_the_leg()
    {
        var planner = Planner("{ gateways = [a, b], pick = lowest-latency }");
        var pool = Plan(planner).Hops[0];
        foreach (var server in pool.Candidates(null))
            pool.Report(null, server, LegOutcome.Alive, TimeSpan.FromMilliseconds(server.Name == "a" ? 30 : 5));

        Assert.Equal("b a", Names(Plan(planner).Hops[0].Candidates(null)));
    }

    [Fact]
    public void Hash_client_keeps_a_client_at_its_server()
    {
        var planner = Planner("{ gateways = [a, b, named], pick = hash-client }");
        string Order(string client) => Names(Plan(planner, client: client).Hops[0].Candidates(null));

        Assert.All(Enumerable.Range(0, 5), _ => Assert.Equal(Order("203.0.113.7"), Order("203.0.113.7")));
        Assert.True(Enumerable.Range(0, 20).Select(host => Order($"203.0.113.{host}")).Distinct().Count() > 1);
    }

    [Fact]
    public void A_hop_without_candidates_is_named_and_says_why()
    {
        var planner = Planner("{ gateways = [a] }, { role = relay, over = ipv6 }");

        Assert.Equal("chain way, hop 2, connect: no other member of the cluster has the role relay", $"{Fail(planner)}");
        Join(Relay("r1", draining: true), Relay("r2", draining: true));
        Assert.Equal("chain way, hop 2, connect: every member with the role relay drains", $"{Fail(planner)}");
        Join(Relay("r1", endpoints: ["198.51.100.1:1080"]));
        Assert.Equal("chain way, hop 2, connect: no member with the role relay reaches the destination's family, or is there over ipv6", $"{Fail(planner)}");
        Assert.Equal(ReplyCode.NetworkUnreachable, Fail(planner).Code);
    }

    [Theory]
    [InlineData("ipv4", "2001:db8::80")]
    [InlineData("ipv6", "192.0.2.80")]
    [InlineData("ipv6", "::ffff:192.0.2.80")]
    public void A_literal_destination_of_another_family_than_the_chains_fails(string over, string destination)
    {
        var failure = Fail(Planner("{ gateways = [kitamura] }", $"destination.over = {over}"), destination);
        Assert.Equal((ReplyCode.NetworkUnreachable, ChainPhase.Request, 1), (failure.Code, failure.Phase, failure.Hop));
    }

    [Theory]
    [InlineData("prefer-ipv4")]
    [InlineData("prefer-ipv6")]
    [InlineData("any")]
    public void A_preferred_family_refuses_no_literal(string over)
    {
        var planner = Planner("{ gateways = [kitamura] }", $"destination.over = {over}");
        Assert.Equal("kitamura", Names(Plan(planner, "2001:db8::80").Hops[0].Candidates(null)));
        Assert.Equal("kitamura", Names(Plan(planner, "192.0.2.80").Hops[0].Candidates(null)));
    }

    [Fact]
    public void Where_the_destinations_family_is_a_contract_names_go_to_those_who_can_be_asked_for_it()
    {
        var planner = Planner("{ gateways = [a, kitamura], pick = in-order }", "destination.over = ipv6");
        Assert.Equal("kitamura", Names(Plan(planner).Hops[0].Candidates(null)));
        Assert.Equal("a kitamura", Names(Plan(planner, "2001:db8::80").Hops[0].Candidates(null)));
    }

    [Fact]
    public void More_hops_than_are_left_fail_with_TTL_expired()
    {
        var failure = Fail(Planner("{ gateways = [a] }, { gateways = [b] }"), hopsLeft: 1);
        Assert.Equal((ReplyCode.TtlExpired, 2), (failure.Code, failure.Hop));
    }

    [Theory]
    [InlineData("any", FamilyWish.Ipv6, FamilyWish.Ipv6)]
    [InlineData("prefer-ipv4", FamilyWish.Ipv6, FamilyWish.Ipv6)]
    [InlineData("ipv6", FamilyWish.PreferIpv4, FamilyWish.Ipv6)]
    [InlineData("prefer-ipv4", FamilyWish.Any, FamilyWish.PreferIpv4)]
    public void What_a_member_asks_for_is_handed_on_within_what_the_chain_allows(string over, FamilyWish asked, FamilyWish told)
    {
        Join(Relay("r1"));
        Assert.True(Planner("{ role = relay }", $"destination.over = {over}").TryPlan("way", To("www.test") with { Over = asked }, out var plan, out _));
        Assert.Equal(told, ((MemberLogin)plan.Hops[0].Candidates(null)[0].Login).Leg.Over);
    }

    [Fact]
    public void A_member_that_asks_for_the_family_which_the_chain_forbids_is_refused()
    {
        Assert.False(Planner("{ gateways = [kitamura] }", "destination.over = ipv6").TryPlan("way", To("www.test") with { Over = FamilyWish.Ipv4 }, out _, out var failure));
        Assert.Equal("chain way, hop 1, request: destination.over = ipv6, and the member asks for ipv4", $"{failure}");
    }
}
