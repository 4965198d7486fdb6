using Gateway.Actors.Access;
using Gateway.Actors.Tests.Settings;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.Access;

public class AccessRulesTests
{
    private const string Users = """
        socks64.users.alice.password = "pbkdf2-sha256$1000$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
        socks64.listeners = [{ address = "127.0.0.1:1080" }, { address = "192.0.2.1:1080", auth = [none, password] }]

        """;

    private static readonly Identity Remote = new(IpLiteral.Parse("198.51.100.7"), null, 1);
    private static readonly Identity Local = new(IpLiteral.Parse("127.0.0.1"), null, 0);

    private static AccessRules Rules(string routes) => new(Files.Load(Users + $"socks64.routes = [{routes}]").Settings);

    private static SocksEndpoint To(string host, ushort port = 443) =>
        new(IpLiteral.TryParse(host, out var ip) ? SocksAddress.From(ip) : SocksAddress.FromName(host), port);

    private static string Decide(string routes, string destination, Identity? who = null, SocksCommand command = SocksCommand.Connect) =>
        Say(Rules(routes).Decide(who ?? Remote, command, To(destination)));

    private static string Say(Decision decision) => decision.IsAllowed ? $"{decision.Route!.Via} by {decision.Route.Number}" : decision.Reason.ToString();

    // --- which route -----------------------------------------------------------------------------------------------

    [Fact]
    public void The_first_route_that_matches_decides()
    {
        const string routes = "{ to = \"10.0.0.0/8\", via = reject }, { to = \"10.0.0.0/7\", via = direct }";
        Assert.Equal("Rejected", Decide(routes, "10.1.2.3"));
        Assert.Equal("direct by 1", Decide(routes, "11.1.2.3"));
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void Of_many_routes_the_first_decides_that_would_decide_alone(int seed)
    {
        string[] tos =
        [
            "any", "\"203.0.113.0/24\"", "\"2001:db8::/32\"", "\"*.lab.example\"", "[\"a.lab.example\", \"203.0.113.5\"]",
            "[\"198.51.100.0/24\", \"64:ff9b::/96\"]",
        ];
        string[] conditions = ["", "command = connect,", "command = [bind, udp-associate],", "ports = 443,", "from = \"203.0.113.0/24\",", "user = alice,"];
        var random = new Random(seed);
        var routes = Enumerable.Range(0, 12).Select(_ =>
            $"{{ {random.GetItems(conditions, 1)[0]} to = {random.GetItems(tos, 1)[0]}, via = {random.GetItems<string>(["direct", "reject"], 1)[0]} }}").ToList();
        var (all, alone) = (Rules(string.Join(", ", routes)), routes.Select(Rules).ToList());

        foreach (var command in new[] { SocksCommand.Connect, SocksCommand.Bind, SocksCommand.UdpAssociateWithId, SocksCommand.Resolve })
            foreach (var who in new[] { Remote, Remote with { User = "alice" } })
            {
                foreach (var host in new[] { "203.0.113.5", "192.0.2.1", "2001:db8::1", "64:ff9b::203.0.113.5", "a.lab.example", "b.lab.example.", "example" })
                    Assert.Equal(First(rules => rules.Decide(who, command, To(host))), all.Decide(who, command, To(host)).Route?.Number);
                Assert.Equal(First(rules => rules.DecideOpen(who, command)), all.DecideOpen(who, command).Route?.Number);
            }

        int? First(Func<AccessRules, Decision> decide) => alone.FindIndex(rules => decide(rules).Route is not null) is var found and >= 0 ? found : null;
    }

    [Fact]
    public void What_no_route_matches_is_refused_with_connection_not_allowed()
    {
        var decision = Rules("{ to = \"10.0.0.0/8\", via = direct }").Decide(Remote, SocksCommand.Connect, To("192.0.2.1"));
        Assert.Equal((DecisionReason.NoRoute, ReplyCode.NotAllowed), (decision.Reason, decision.Refusal));
    }

    [Theory]
    [InlineData("{ to = any, ports = 443, via = direct }", "direct by 0")]
    [InlineData("{ to = any, ports = 25, via = reject }, { to = any, via = direct }", "direct by 1")]
    [InlineData("{ to = any, via = reject }", "Rejected")]
    public void Preference_of_an_address_associate_is_no_port(string routes, string expected) =>
        Assert.Equal(expected, Say(Rules(routes).Decide(Remote, SocksCommand.AddressAssociate, To("203.0.113.5", port: 1))));

    [Theory]
    [InlineData("from = \"198.51.100.0/24\"", true)]
    [InlineData("from = \"203.0.113.0/24\"", false)]
    [InlineData("from = [\"203.0.113.0/24\", \"198.51.100.7\"]", true)]
    [InlineData("user = alice", false)]
    [InlineData("command = bind", false)]
    [InlineData("command = [bind, connect]", true)]
    [InlineData("listener = \"127.0.0.1:1080\"", false)]
    [InlineData("listener = \"192.0.2.1:1080\"", true)]
    [InlineData("ports = [80, \"400-500\"]", true)]
    [InlineData("ports = [80, \"1-442\"]", false)]
    [InlineData("from = \"198.51.100.0/24\", ports = 80", false)]
    public void All_conditions_of_a_route_must_hold(string conditions, bool matches) =>
        Assert.Equal(matches ? "direct by 0" : "NoRoute", Decide($"{{ {conditions}, to = any, via = direct }}", "203.0.113.5"));

    [Fact]
    public void A_route_for_a_user_is_for_who_logged_in_with_that_name()
    {
        const string routes = "{ user = alice, to = any, via = direct }";
        Assert.Equal("direct by 0", Decide(routes, "203.0.113.5", Remote with { User = "alice" }));
        Assert.Equal("NoRoute", Decide(routes, "203.0.113.5", Remote with { User = "Alice" }));
        Assert.Equal("NoRoute", Decide(routes, "203.0.113.5", Remote));
    }

    [Fact]
    public void A_mapped_client_is_the_ipv4_client_it_is() =>
        Assert.Equal(
            "direct by 0",
            Decide("{ from = \"198.51.100.0/24\", to = any, via = direct }", "203.0.113.5", Remote with { Client = IpLiteral.Parse("::ffff:198.51.100.7") }));

    [Theory]
    [InlineData(SocksCommand.ConnectWithId, "connect")]
    [InlineData(SocksCommand.BindWithId, "bind")]
    [InlineData(SocksCommand.UdpAssociateWithId, "udp-associate")]
    [InlineData(SocksCommand.AddressAssociate, "address-associate")]
    [InlineData(SocksCommand.Resolve, "address-associate")]
    [InlineData(SocksCommand.ResolvePtr, "address-associate")]
    public void Combined_and_private_commands_count_as_what_they_do(SocksCommand command, string name) =>
        Assert.Equal("direct by 0", Decide($"{{ command = {name}, to = any, via = direct }}", "203.0.113.5", command: command));

    [Fact]
    public void Names_match_patterns_and_literals_match_networks()
    {
        const string routes = "{ to = [\"*.lab.example\", \"203.0.113.0/24\"], via = direct }";
        Assert.Equal("direct by 0", Decide(routes, "a.LAB.example"));
        Assert.Equal("direct by 0", Decide(routes, "203.0.113.5"));
        Assert.Equal("NoRoute", Decide(routes, "lab.example"));
        Assert.Equal("NoRoute", Decide(routes, "203.0.114.5"));
    }

    [Theory]
    [InlineData("203.0.113.5")]
    [InlineData("[2001:db8::5]")]
    [InlineData("2001:db8::5")]
    public void A_literal_in_the_form_of_a_name_is_the_literal(string name)
    {
        var rules = Rules("{ to = [\"203.0.113.0/24\", \"2001:db8::/32\"], via = direct }");
        Assert.True(rules.Decide(Remote, SocksCommand.Connect, new(SocksAddress.FromName(name), 80)).IsAllowed);
    }

    [Theory]
    [InlineData("::ffff:10.1.2.3")]
    [InlineData("2002:a01:203::1")]
    [InlineData("64:ff9b::10.1.2.3")]
    [InlineData("2001:db8:64::10.1.2.3")]
    public void A_rule_about_an_ipv4_network_sees_the_address_inside_an_ipv6_one(string address)
    {
        var rules = new AccessRules(Files.Read("""
            socks64.egress.nat64 = ["2001:db8:64::/96"]
            socks64.routes = [{ to = "10.0.0.0/8", via = reject }, { to = any, via = direct }]
            """));
        Assert.Equal(DecisionReason.Rejected, rules.Decide(Remote, SocksCommand.Connect, To(address)).Reason);
    }

    [Fact]
    public void An_address_id_has_to_be_replaced_before_rules_are_asked() =>
        Assert.Throws<ArgumentException>(() =>
            Rules("{ to = any, via = direct }").Decide(Remote, SocksCommand.Connect, new(SocksAddress.From(new AddressId(5)), 80)));

    // --- members ---------------------------------------------------------------------------------------------------

    [Fact]
    public void What_a_member_brings_skips_chains_but_not_refusals()
    {
        const string chain = "socks64.gateways.lab.address = \"192.0.2.9:1080\"\nsocks64.chains.c.hops = [{ gateways = [lab] }]\n";
        const string routes =
            "socks64.routes = [{ to = \"10.0.0.0/8\", via = reject }, { to = \"*.x\", via = c, transit = on }, { to = any, via = c }, { to = any, via = direct }]";
        var rules = new AccessRules(Files.Load(chain + routes).Settings);
        var member = Remote with { ViaMember = true };
        Assert.Equal("c by 2", Say(rules.Decide(Remote, SocksCommand.Connect, To("203.0.113.5"))));
        Assert.Equal("direct by 3", Say(rules.Decide(member, SocksCommand.Connect, To("203.0.113.5"))));
        Assert.Equal("c by 1", Say(rules.Decide(member, SocksCommand.Connect, To("a.x"))));
        Assert.Equal("Rejected", Say(rules.Decide(member, SocksCommand.Connect, To("10.1.2.3"))));
    }

    // --- the guard -------------------------------------------------------------------------------------------------

    public static TheoryData<string> Guarded =>
    [
        "127.0.0.1", "127.8.9.10", "::1", "0.0.0.0", "0.1.2.3", "::", "169.254.169.254", "169.254.1.1", "fe80::1", "224.0.0.1", "ff02::1",
        "255.255.255.255", "100.100.100.200", "168.63.129.16", "fd00:ec2::254", "fd20:ce::254",
        "::ffff:127.0.0.1", "::ffff:169.254.169.254", "2002:7f00:1::1", "2002:a9fe:a9fe::", "64:ff9b::169.254.169.254", "64:ff9b::127.0.0.1",
    ];

    [Theory]
    [MemberData(nameof(Guarded))]
    public void Remote_clients_do_not_reach_guarded_addresses_by_a_general_route(string address)
    {
        Assert.Equal("Guarded", Decide("{ to = any, via = direct }", address));
        Assert.Equal("Guarded", Decide("{ to = [\"0.0.0.0/0\", \"::/0\"], via = direct }", address));
        Assert.Equal("Guarded", Decide("{ to = any, via = direct }", address, Remote with { ViaMember = true }));
        Assert.Equal("Guarded", Decide("{ to = any, via = direct }", address, Local with { ViaMember = true }));
        Assert.Equal("direct by 0", Decide("{ to = any, via = direct }", address, Local));
        Assert.Equal("direct by 0", Decide("{ to = any, via = direct }", address, Local with { Client = IpLiteral.Parse("::1") }));
    }

    [Theory]
    [InlineData("169.254.169.254", "169.254.169.254")]
    [InlineData("169.254.169.254", "169.254.0.0/16")]
    [InlineData("127.0.0.1", "127.0.0.0/8")]
    [InlineData("::1", "::1")]
    [InlineData("64:ff9b::127.0.0.1", "127.0.0.1")]
    public void A_route_that_names_a_guarded_address_opens_it(string address, string network) =>
        Assert.Equal("direct by 0", Decide($"{{ to = \"{network}\", via = direct }}", address));

    [Theory]
    [InlineData("203.0.113.5")]
    [InlineData("10.0.0.1")]
    [InlineData("2001:db8::1")]
    [InlineData("64:ff9b::203.0.113.5")]
    [InlineData("2002:cb00:7105::1")]
    [InlineData("100.100.100.201")]
    public void Every_other_address_is_not_guarded(string address) => Assert.Equal("direct by 0", Decide("{ to = any, via = direct }", address));

    // --- judged again by who dials ---------------------------------------------------------------------------------

    [Fact]
    public void Each_address_of_a_name_is_judged_before_it_is_dialled()
    {
        var rules = Rules("{ to = \"10.0.0.0/8\", via = reject }, { to = any, via = direct }");
        var name = To("rebind.example");
        Assert.True(rules.Decide(Remote, SocksCommand.Connect, name).IsAllowed);
        Assert.False(rules.MayDial(Remote, SocksCommand.Connect, name, IpLiteral.Parse("10.1.2.3")));
        Assert.False(rules.MayDial(Remote, SocksCommand.Connect, name, IpLiteral.Parse("169.254.169.254")));
        Assert.False(rules.MayDial(Remote, SocksCommand.Connect, name, IpLiteral.Parse("::ffff:127.0.0.1")));
        Assert.True(rules.MayDial(Remote, SocksCommand.Connect, name, IpLiteral.Parse("203.0.113.5")));
        Assert.True(rules.MayDial(Local, SocksCommand.Connect, name, IpLiteral.Parse("127.0.0.1")));
    }

    [Fact]
    public void A_name_that_a_route_allows_may_have_any_address_that_is_not_refused_before()
    {
        var rules = Rules("{ to = \"*.lab.example\", via = direct }, { to = any, via = reject }");
        Assert.True(rules.MayDial(Remote, SocksCommand.Connect, To("a.lab.example"), IpLiteral.Parse("10.1.2.3")));
        Assert.False(rules.MayDial(Remote, SocksCommand.Connect, To("a.lab.example"), IpLiteral.Parse("127.0.0.1")));
    }

    [Fact]
    public void An_address_that_belongs_to_a_chain_is_not_dialled_around_it()
    {
        var rules = new AccessRules(Files.Load("""
            socks64.gateways.lab.address = "192.0.2.9:1080"
            socks64.chains.c.hops = [{ gateways = [lab] }]
            socks64.routes = [{ to = "2001:db8:9::/48", via = c }, { to = any, via = direct }]
            """).Settings);
        Assert.False(rules.MayDial(Remote, SocksCommand.Connect, To("a.example"), IpLiteral.Parse("2001:db8:9::1")));
        Assert.True(rules.MayDial(Remote, SocksCommand.Connect, To("a.example"), IpLiteral.Parse("2001:db8:8::1")));
    }

    // --- destinations that are still open --------------------------------------------------------------------------

    [Theory]
    [InlineData("{ to = any, via = direct }", true)]
    [InlineData("{ to = \"10.0.0.0/8\", via = direct }", true)]
    [InlineData("{ to = \"10.0.0.0/8\", via = reject }, { to = any, via = direct }", true)]
    [InlineData("{ to = any, via = reject }, { to = \"10.0.0.0/8\", via = direct }", false)]
    [InlineData("{ to = any, command = connect, via = direct }", false)]
    [InlineData("{ to = any, command = bind, via = reject }, { to = any, via = direct }", false)]
    public void A_bind_for_anybody_is_allowed_when_somebody_could_be(string routes, bool isAllowed) =>
        Assert.Equal(isAllowed, Rules(routes).DecideOpen(Remote, SocksCommand.Bind).IsAllowed);

    // --- cost ------------------------------------------------------------------------------------------------------

    [Fact]
    public void A_decision_allocates_nothing()
    {
        var rules = Rules(
            "{ to = \"10.0.0.0/8\", user = alice, via = reject }, { to = \"*.lab.example\", via = reject }, { from = \"198.51.100.0/24\", to = any, via = direct }");
        SocksEndpoint[] destinations = [To("203.0.113.5"), To("64:ff9b::203.0.113.5"), To("www.example.com")];
        Identity[] identities = [Remote, Local, Remote with { User = "alice" }];
        for (var round = 0; round < 2; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var destination in destinations)
                foreach (var identity in identities)
                    _ = rules.Decide(identity, SocksCommand.Connect, destination).IsAllowed
                        && rules.MayDial(identity, SocksCommand.Connect, destination, Remote.Client);
            if (round == 1)
                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }
}
