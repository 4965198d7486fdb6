using Gateway.Actors.Settings;
using Gateway.Actors.Settings.Reading;

namespace Gateway.Actors.Tests.Settings;

/// <summary>What check says about settings that cannot work together.</summary>
public class RulesTests
{
    private const string Lab = "socks64.gateways { lab-a { address = \"[2001:db8::10]:1080\" }, lab-b { address = \"192.0.2.9:1080\" }, lab-c { address = \"lab.example:1080\" } }\n";
    private const string Alice = "socks64.users.alice.password = \"pbkdf2-sha256$1000$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"\n";

    private static string Only(string text)
    {
        var problem = Assert.Single(Files.Load(text).Problems);
        return $"{problem.Path}: {problem.Message}";
    }

    // --- listeners -------------------------------------------------------------------------------------------------

    [Fact]
    public void A_listener_off_loopback_has_to_say_how_it_authenticates()
    {
        Assert.Equal(
            "socks64.listeners[0].address: 192.0.2.1:1080 can be reached from elsewhere: say auth = [password], or auth = [none] if everybody may use this gateway",
            Only("socks64.listeners = [{ address = \"192.0.2.1:1080\" }]"));
        Assert.Empty(Files.Problems("socks64.listeners = [{ address = \"192.0.2.1:1080\", auth = [none] }]"));
        Assert.Empty(Files.Problems("socks64.listeners = [{ address = \"[::1]:1080\" }]"));
    }

    [Theory]
    [InlineData("0.0.0.0:1080")]
    [InlineData("[::]:1080")]
    [InlineData("[2001:db8::1]:1080")]
    public void Wildcards_are_off_loopback_too(string address) =>
        Assert.Contains("can be reached from elsewhere", Only($"socks64.listeners = [{{ address = \"{address}\" }}]"));

    [Theory]
    [InlineData("auth = [gssapi]", "auth: gssapi is not available in this version")]
    [InlineData("auth = [pasword]", "auth[0]: \"pasword\" is not one of none, password, gssapi; did you mean \"password\"?")]
    [InlineData("auth = []", "auth: at least one of none and password is needed")]
    [InlineData("auth = [password]", "auth: asks for passwords, but there are no users")]
    [InlineData("advertise = \"0.0.0.0:1080\"", "advertise: 0.0.0.0:1080 is not an address that clients can connect to")]
    public void A_listener_that_cannot_work_is_reported(string keys, string problem)
    {
        var problems = Files.Load($"socks64.listeners = [{{ address = \"127.0.0.1:1080\", {keys} }}]").Problems;
        Assert.Contains(problems, found => found.ToString().EndsWith(problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1080")]
    [InlineData("127.0.0.1")]
    [InlineData("127.1:1080")]
    [InlineData("::1:1080")]
    [InlineData("[127.0.0.1]:1080")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:+5")]
    [InlineData("localhost:1080")]
    public void What_is_no_endpoint_is_reported(string address) =>
        Assert.Contains("is not an address and a port", Files.Problems($"socks64.listeners = [{{ address = \"{address}\" }}]")[0]);

    [Fact]
    public void Two_listeners_cannot_share_an_address() =>
        Assert.Equal(
            "socks64.listeners[1].address: 127.0.0.1:1080 has a listener already",
            Only("socks64.listeners = [{ address = \"127.0.0.1:1080\" }, { address = \"127.0.0.1:1080\" }]"));

    [Theory]
    [InlineData("0.0.0.0:1080", "127.0.0.1:1080", false)]
    [InlineData("[::1]:1080", "[::]:1080", false)]
    [InlineData("0.0.0.0:1080", "[::]:1080", true)]
    [InlineData("0.0.0.0:1080", "127.0.0.1:1081", true)]
    [InlineData("127.0.0.1:1080", "127.0.0.2:1080", true)]
    public void A_listener_on_every_address_leaves_the_port_to_no_other(string one, string other, bool mayBe)
    {
        string[] expected = mayBe ? [] : [$"gateway.conf:1: socks64.listeners[1].address: {one} has the port already, and one of the two is every address of its family"];
        Assert.Equal(expected, Files.Problems($"socks64.listeners = [{{ address = \"{one}\", auth = [none] }}, {{ address = \"{other}\", auth = [none] }}]"));
    }

    [Fact]
    public void A_listener_in_the_form_that_no_socket_listens_on_is_reported() =>
        Assert.Equal(
            "socks64.listeners[0].address: [::ffff:127.0.0.1]:1080 is written as IPv6 and is IPv4; did you mean \"127.0.0.1:1080\"?",
            Only("socks64.listeners = [{ address = \"[::ffff:127.0.0.1]:1080\" }]"));

    [Fact]
    public void The_operators_door_is_no_listener_when_it_was_asked_for()
    {
        Assert.Equal(
            "socks64.admin.address: the port belongs to the listener 127.0.0.1:1080",
            Only("socks64.admin.address = \"127.0.0.1:1080\""));
        Assert.Empty(Files.Problems("socks64.listeners = [{ address = \"127.0.0.1:8558\" }]"));
    }

    [Fact]
    public void Two_listeners_may_both_take_a_free_port() =>
        Assert.Empty(Files.Problems("socks64.listeners = [{ address = \"127.0.0.1:0\" }, { address = \"127.0.0.1:0\" }]"));

    // --- users -----------------------------------------------------------------------------------------------------

    [Fact]
    public void User_that_gateways_could_not_tell_each_other_is_reported()
    {
        var hash = Alice[Alice.IndexOf('"')..];
        Assert.Empty(Files.Problems($"socks64.users.\"{new string('a', 190)}\".password = {hash}"));
        Assert.EndsWith("the name is longer than the 190 octets that gateways can tell each other", Only($"socks64.users.\"{new string('a', 191)}\".password = {hash}"));
        Assert.EndsWith("the name is longer than the 190 octets that gateways can tell each other", Only($"socks64.users.\"{new string('ä', 96)}\".password = {hash}"));
        Assert.EndsWith("the name begins like the login of a gateway, with octet 00", Only($"socks64.users.\"\\u0000S64\".password = {hash}"));
    }

    [Fact]
    public void A_plain_password_is_refused_and_not_repeated()
    {
        var problem = Only("socks64.users.bob.password = hunter2");
        Assert.Equal("socks64.users.bob.password: plain text is refused; \"socks64 hash-password\" makes a hash of it", problem);
    }

    [Fact]
    public void A_broken_hash_is_refused_and_not_repeated()
    {
        var problem = Only("socks64.users.bob.password = \"pbkdf2-sha256$1000$c2FsdA==$c2hvcnQ=\"");
        Assert.StartsWith("socks64.users.bob.password: not a hash", problem);
        Assert.DoesNotContain("c2FsdA", problem);
    }

    [Fact]
    public void No_secret_is_printed_with_the_settings()
    {
        var settings = Files.Read(Alice + """
            socks64.gateways.lab { address = "192.0.2.1:1080", username = g1, password = hunter2 }
            socks64.cluster.secret = hunter2
            socks64.admin.token = hunter2
            akka.remote.dot-netty.tcp.ssl.certificate.password = hunter2
            """);
        var printed = $"{settings} {settings.Gateways["lab"]} {settings.Users["alice"]} {settings.Cluster} {settings.Admin} {settings.Akka}";
        Assert.DoesNotContain("hunter2", printed);
        Assert.DoesNotContain("AAAA", printed);
        Assert.Contains("***", printed);
    }

    // --- routes ----------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("to = any", "routes[0].via: is missing: direct, reject, or the name of a chain")]
    [InlineData("via = direct", "routes[0].to: is missing: any, or networks and names such as [\"10.0.0.0/8\", \"*.lab.example\"]")]
    [InlineData("via = direct, to = \"10.0.0.1/8\"", "routes[0].to: 10.0.0.1/8 has bits outside its prefix; did you mean 10.0.0.0/8?")]
    [InlineData("via = direct, to = \"10.0.0.0/33\"", "routes[0].to: \"10.0.0.0/33\" is not a network such as 10.0.0.0/8 or 2001:db8::/32")]
    [InlineData("via = direct, to = \"10.0.0\"", "routes[0].to: \"10.0.0\" is not a network such as 10.0.0.0/8 or 2001:db8::/32")]
    [InlineData("via = direct, to = \"lab.*\"", "routes[0].to: \"lab.*\" is not any, a network such as 10.0.0.0/8, or a name such as www.example or *.example")]
    [InlineData("via = direct, to = any, from = lan", "routes[0].from: \"lan\" is not a network such as 10.0.0.0/8 or 2001:db8::/32")]
    [InlineData("via = direct, to = any, ports = [70000]", "routes[0].ports: \"70000\" is not a port or a range such as 80 or 1-1023")]
    [InlineData("via = direct, to = any, ports = [\"9-1\"]", "routes[0].ports: \"9-1\" is not a port or a range such as 80 or 1-1023")]
    [InlineData("via = direct, to = any, command = conect", "routes[0].command: \"conect\" is not one of connect, bind, udp-associate, address-associate; did you mean \"connect\"?")]
    [InlineData("via = direct, to = any, user = alise", "routes[0].user: there is no user \"alise\"; did you mean \"alice\"?")]
    [InlineData("via = direct, to = any, listener = \"127.0.0.1:1081\"", "routes[0].listener: \"127.0.0.1:1081\" is the address of no listener; did you mean \"127.0.0.1:1080\"?")]
    public void A_route_that_cannot_be_meant_is_reported(string keys, string problem) =>
        Assert.Equal("socks64." + problem, Only(Alice + $"socks64.routes = [{{ {keys} }}]"));

    [Fact]
    public void A_route_behind_one_that_takes_everything_is_a_warning()
    {
        var loaded = Files.Load("socks64.routes = [{ to = any, via = direct }, { to = \"10.0.0.0/8\", via = reject }]");
        Assert.Equal("gateway.conf:1: socks64.routes[1]: warning: is never reached: routes[0] takes everything", Assert.Single(loaded.Problems).ToString());
        Assert.True(loaded.IsUsable);
    }

    // --- chains ----------------------------------------------------------------------------------------------------

    private static string Chain(string chain) => Lab + $"socks64.chains.c {{ {chain} }}";

    [Theory]
    [InlineData("hops = []", "hops: a chain needs at least one hop")]
    [InlineData("hops = [{ over = ipv4 }]", "hops[0]: a hop needs a role or at least one gateway")]
    [InlineData("hops = [{ gateways = [] }]", "hops[0]: a hop needs a role or at least one gateway")]
    [InlineData("hops = [{ role = relay, gateways = [lab-b] }]", "hops[0]: a hop is either a role or a list of gateways, not both")]
    [InlineData("hops = [{ gateways = [lab-b, lab-b] }]", "hops[0].gateways: names the same gateway twice")]
    [InlineData("hops = [{ gateways = [lab-d] }]", "hops[0].gateways: there is no gateway \"lab-d\"; did you mean \"lab-a\"?")]
    [InlineData("hops = [{ gateways = [lab-a], over = ipv4 }]", "hops[0].gateways: lab-a is at [2001:db8::10]:1080, which cannot be reached over ipv4")]
    [InlineData("hops = [{ gateways = [lab-b], over = ipv5 }]", "hops[0].over: \"ipv5\" is not one of any, ipv4, ipv6; did you mean \"ipv4\"?")]
    [InlineData("hops = [{ gateways = [lab-b], pick = fastest }]", "hops[0].pick: \"fastest\" is not one of round-robin, random, least-sessions, lowest-latency, hash-client, in-order")]
    [InlineData("hops = [{ gateways = [lab-b] }], hedge-after = 20s", "hedge-after: must be shorter than setup-timeout, or off")]
    public void A_chain_that_cannot_work_is_reported(string chain, string problem) =>
        Assert.Contains($"socks64.chains.c.{problem}", Files.Load(Chain(chain)).Problems.Select(found => $"{found.Path}: {found.Message}"));

    [Theory]
    [InlineData("")]
    [InlineData("\nsocks64.node.roles = [relay]")]
    public void A_role_that_nobody_else_can_hold_is_reported(string own)
    {
        Assert.Equal(
            "socks64.chains.c.hops[0].role: nobody else can hold the role \"relay\": no cluster is configured (akka.cluster.seed-nodes), and this node is no hop of its own chains",
            Only("socks64.chains.c.hops = [{ role = relay }]" + own));
        Assert.Empty(Files.Problems("socks64.chains.c.hops = [{ role = relay }]\nakka.cluster.seed-nodes = [\"akka.tcp://socks64@127.0.0.1:4053\"]" + own));
    }

    [Fact]
    public void A_first_leg_over_a_family_without_a_source_address_is_reported() =>
        Assert.Equal(
            "socks64.chains.c.hops[0].over: this gateway has no source address for ipv4 (egress)",
            Only(Chain("hops = [{ gateways = [lab-b], over = ipv4 }]") + "\nsocks64.egress.ipv4 = []"));

    [Fact]
    public void A_chain_longer_than_max_hops_is_reported() =>
        Assert.Equal(
            "socks64.chains.c.hops: 2 hops and this gateway are more than max-hops = 2",
            Only(Chain("hops = [{ gateways = [lab-a] }, { gateways = [lab-b] }]") + "\nsocks64.max-hops = 2"));

    [Theory]
    [InlineData("ipv6", false)]
    [InlineData("prefer-ipv6", true)]
    public void A_family_wish_for_names_needs_a_last_hop_that_understands_it(string over, bool isUsable)
    {
        var text = Chain($"hops = [{{ gateways = [lab-b] }}], destination {{ over = {over} }}") + "\nsocks64.routes = [{ to = \"*.lab\", via = c }]";
        var problem = Assert.Single(Files.Load(text).Problems, found => found.Path.EndsWith("destination.over", StringComparison.Ordinal));
        Assert.StartsWith("lab-b cannot be told which family a name should be reached over", problem.Message);
        Assert.Equal(isUsable, problem.Severity == Gateway.Actors.Settings.Reading.Severity.Warning);
        Assert.DoesNotContain(
            Files.Load(text + "\nsocks64.gateways.lab-b.address-associate = on").Problems,
            found => found.Path.EndsWith("destination.over", StringComparison.Ordinal));
    }

    [Fact]
    public void A_route_through_an_unknown_chain_is_reported() =>
        Assert.Equal(
            "socks64.routes[0].via: there is no chain \"cc\"; did you mean \"c\"?",
            Only(Chain("hops = [{ gateways = [lab-b] }]") + "\nsocks64.routes = [{ to = any, via = cc }]"));

    [Theory]
    [InlineData("127.0.0.1:1080", "127.0.0.1:1080", true)]
    [InlineData("0.0.0.0:1080", "127.0.0.1:1080", true)]
    [InlineData("[::]:1080", "[::1]:1080", true)]
    [InlineData("127.0.0.1:1080", "localhost:1080", true)]
    [InlineData("[::]:1080", "me.localhost:1080", true)]
    [InlineData("[::]:1080", "127.0.0.1:1080", false)]
    [InlineData("0.0.0.0:1080", "[::1]:1080", false)]
    [InlineData("127.0.0.1:1080", "localhost:1081", false)]
    [InlineData("127.0.0.1:1080", "127.0.0.1:1081", false)]
    [InlineData("127.0.0.1:1080", "127.0.0.2:1080", false)]
    [InlineData("127.0.0.1:0", "127.0.0.1:1080", false)]
    public void A_hop_that_is_this_node_itself_is_reported(string listener, string gateway, bool isCircle)
    {
        var problems = Files.Problems($$"""
            socks64 {
              listeners = [{ address = "{{listener}}", auth = [none] }]
              gateways.me.address = "{{gateway}}"
              chains.c.hops = [{ gateways = [me] }]
            }
            """);
        Assert.Equal(isCircle ? [$"gateway.conf:4: socks64.chains.c.hops[0].gateways: goes in circles: me at {gateway} is this node itself (listeners[0])"] : [], problems);
    }

    [Theory]
    [InlineData("127.0.0.1:1080", "warning: goes in circles if the hop before is on this machine: me at 127.0.0.1:1080 would be this node itself (listeners[0])")]
    [InlineData("192.0.2.1:1080", "goes in circles: me at 192.0.2.1:1080 is this node itself (listeners[1])")]
    public void Behind_another_hop_this_node_is_found_too_and_loopback_may_be_that_of_another_machine(string gateway, string expected)
    {
        var problem = Assert.Single(Files.Load($$"""
            socks64 {
              listeners = [{ address = "127.0.0.1:1080" }, { address = "192.0.2.1:1080", auth = [none] }]
              gateways { jump.address = "127.0.0.1:1081", me.address = "{{gateway}}" }
              chains.c.hops = [{ gateways = [jump] }, { gateways = [me] }]
            }
            """).Problems);
        Assert.Equal($"gateway.conf:4: socks64.chains.c.hops[1].gateways: {expected}", problem.ToString());
    }

    [Fact]
    public void A_chain_that_begins_with_a_gateway_of_this_nodes_name_is_doubted() =>
        Assert.Equal(
            ["gateway.conf:1: socks64.chains.c.hops[0].gateways: warning: nobody is left: g1 is the name of this node (node.name), which is no hop of its own chains"],
            Files.Load("socks64 { node.name = g1, gateways { g1.address = \"192.0.2.1:1080\", g2.address = \"192.0.2.2:1080\" }, chains { c.hops = [{ gateways = [g1] }], d.hops = [{ gateways = [g1, g2] }] } }")
                .Problems.Select(problem => problem.ToString()));

    [Fact]
    public void A_hop_at_the_address_that_this_node_advertises_is_reported()
    {
        var problem = Assert.Single(Files.Problems("""
            socks64 {
              listeners = [{ address = "0.0.0.0:1080", auth = [none], advertise = "192.0.2.1:1080" }]
              gateways.me.address = "192.0.2.1:1080"
              chains.c.hops = [{ gateways = [me] }]
            }
            """));
        Assert.Contains("is this node itself (listeners[0])", problem);
    }

    [Fact]
    public void Everything_that_is_wrong_with_chains_is_found_in_one_run()
    {
        var problems = Files.Problems("""
            socks64 {
              max-hops = 2
              gateways { four { address = "192.0.2.9:1080" }, me { address = "127.0.0.1:1080" } }
              chains {
                empty { hops = [] }
                families { hops = [{ gateways = [four], over = ipv6 }] }
                unknown { hops = [{ gateways = [for] }] }
                roles { hops = [{ role = relay }] }
                circle { hops = [{ gateways = [me] }] }
                long { hops = [{ gateways = [four] }, { gateways = [four] }] }
                twice { hops = [{ gateways = [four] }] }
                twice { setup-timeout = 5s }
              }
            }
            """);
        string[] expected =
        [
            "gateway.conf:5: socks64.chains.empty.hops: a chain needs at least one hop",
            "gateway.conf:6: socks64.chains.families.hops[0].gateways: four is at 192.0.2.9:1080, which cannot be reached over ipv6",
            "gateway.conf:7: socks64.chains.unknown.hops[0].gateways: there is no gateway \"for\"; did you mean \"four\"?",
            "gateway.conf:8: socks64.chains.roles.hops[0].role: nobody else can hold the role",
            "gateway.conf:9: socks64.chains.circle.hops[0].gateways: goes in circles: me at 127.0.0.1:1080 is this node itself",
            "gateway.conf:10: socks64.chains.long.hops: 2 hops and this gateway are more than max-hops = 2",
            "gateway.conf:12: socks64.chains.twice: the name is taken already, at gateway.conf:11",
        ];
        Assert.Equal(expected.Length, problems.Length);
        Assert.All(expected.Zip(problems), pair => Assert.StartsWith(pair.First, pair.Second));
    }

    [Fact]
    public void A_transit_route_that_leads_back_to_this_node_is_reported()
    {
        var problems = Files.Problems("socks64 { node.roles = [relay], chains.c.hops = [{ role = relay }], routes = [{ to = any, via = c, transit = on }] }");
        Assert.Contains(problems, problem => problem.Contains("goes in circles: chain c leads to members with role relay"));
    }

    [Theory]
    [InlineData("chains { c { hops = [{ gateways = [lab-b] }] }\n c { setup-timeout = 5s } }", "socks64.chains.c")]
    [InlineData("gateways { lab-b { address = \"192.0.2.10:1080\" } }", "socks64.gateways.lab-b")]
    public void A_name_that_is_given_twice_in_one_file_is_reported(string text, string path)
    {
        var problem = Files.Load(Lab + $"socks64 {{ {text} }}").Problems[0];
        Assert.Equal(path, problem.Path);
        Assert.StartsWith("the name is taken already, at gateway.conf:", problem.Message);
    }

    [Fact]
    public void A_chain_cannot_have_a_name_that_routes_use_as_a_word() =>
        Assert.Contains(
            "socks64.chains.direct: a chain cannot be called direct: routes use that word",
            Only(Lab + "socks64.chains.direct.hops = [{ gateways = [lab-b] }]"));

    // --- cluster, admin, akka --------------------------------------------------------------------------------------

    [Theory]
    [InlineData("akka.remote.dot-netty.tcp.hostname = \"192.0.2.1\"\nakka.cluster.seed-nodes = [\"akka.tcp://socks64@127.0.0.1:4053\"]", true)]
    [InlineData("akka.cluster.seed-nodes = [\"akka.tcp://socks64@192.0.2.1:4053\"]", true)]
    [InlineData("akka.cluster.seed-nodes = [\"akka.tcp://socks64@127.0.0.1:4053\"]", false)]
    [InlineData("akka.remote.dot-netty.tcp.hostname = \"192.0.2.1\"", false)]
    public void A_cluster_beyond_this_machine_needs_a_secret(string akka, bool isNeeded)
    {
        Assert.Equal(isNeeded, Files.Problems(akka).Any(problem => problem.EndsWith("so socks64.cluster.secret is needed", StringComparison.Ordinal)));
        Assert.DoesNotContain(Files.Problems(akka + "\nsocks64.cluster.secret = s3cret"), problem => problem.Contains("secret is needed"));
    }

    [Theory]
    [InlineData("akka.cluster.seed-nodes = [\"akka.tcp://lab@127.0.0.1:4053\"]", "akka.cluster.seed-nodes[0]: \"akka.tcp://lab@127.0.0.1:4053\" will never answer: every node of a cluster is called akka.tcp://socks64@host:port")]
    [InlineData("akka { remote.dot-netty.tcp.enable-ssl = on, cluster.seed-nodes = [\"akka.tcp://socks64@127.0.0.1:4053\"] }", "akka.cluster.seed-nodes[0]: \"akka.tcp://socks64@127.0.0.1:4053\" will never answer: every node of a cluster under TLS is called akka.ssl.tcp://socks64@host:port")]
    [InlineData("akka.cluster { seed-nodes = [\"akka.ssl.tcp://socks64@127.0.0.1:4053\"] }", "akka.cluster.seed-nodes[0]: \"akka.ssl.tcp://socks64@127.0.0.1:4053\" will never answer: every node of a cluster is called akka.tcp://socks64@host:port")]
    [InlineData("akka.cluster { seed-nodes = [\"akka.tcp://socks64@127.0.0.1:4053\"], roles = [\"a b\"] }", "akka.cluster.roles: \"a b\" is not a role of 1 to 63 letters, digits, '.', '-' and '_'")]
    public void A_cluster_that_could_not_work_is_reported(string akka, string problem) =>
        Assert.Equal($"gateway.conf:1: {problem}", Assert.Single(Files.Problems(akka)));

    [Fact]
    public void A_member_that_other_machines_would_not_find_is_warned_of()
    {
        const string far = "socks64.cluster.secret = s3cret\nakka.remote.dot-netty.tcp.enable-ssl = on\nakka.cluster.seed-nodes = [\"akka.ssl.tcp://socks64@192.0.2.1:4053\"]\n";
        var problem = Assert.Single(Files.Load(far).Problems);
        Assert.Equal((Severity.Warning, "the other nodes need an address of this one: akka.remote.dot-netty.tcp.hostname, or public-hostname"), (problem.Severity, problem.Message));
        Assert.Empty(Files.Problems(far + "akka.remote.dot-netty.tcp.hostname = \"192.0.2.2\""));
    }

    [Theory]
    [InlineData("", ClusterProtection.None)]
    [InlineData("socks64.cluster.secret = s3cret", ClusterProtection.SharedSecret)]
    [InlineData("akka.remote.dot-netty.tcp.enable-ssl = on", ClusterProtection.Tls)]
    public void What_protects_a_cluster_is_known(string text, ClusterProtection protection)
    {
        var expected = protection == ClusterProtection.SharedSecret && !AkkaEngine.HasSharedSecret ? ClusterProtection.None : protection;
        var nodes = protection == ClusterProtection.Tls ? "akka.ssl.tcp" : "akka.tcp";
        Assert.Equal(expected, Files.Read($"akka.cluster.seed-nodes = [\"{nodes}://socks64@127.0.0.1:4053\"]\n" + text).Cluster.Protection);
    }

    [Fact]
    public void An_admin_door_off_loopback_needs_a_token()
    {
        Assert.Equal(
            "socks64.admin.token: a token is needed, because 192.0.2.1:8558 can be reached from elsewhere",
            Only("socks64.admin.address = \"192.0.2.1:8558\""));
        Assert.Null(Files.Read("socks64.admin.address = off").Admin.Address);
    }

    [Theory]
    [InlineData("akka {\n  cluster.seed-nodes = [\"127.0.0.1:4053\"]\n}", "gateway.conf:2: akka.cluster.seed-nodes[0]: \"127.0.0.1:4053\" is not the address of a node, such as \"akka.tcp://socks64@127.0.0.1:4053\"")]
    [InlineData("akka.cluster.seed-node = []", "gateway.conf:1: akka.cluster.seed-node: unknown key; did you mean \"seed-nodes\"?")]
    [InlineData("akka.remote.dot-netty.tcp.port = many", "gateway.conf:1: akka.remote.dot-netty.tcp.port: expected a number, such as")]
    [InlineData("akka.cluster.failure-detector = phi", "gateway.conf:1: akka.cluster.failure-detector: expected an object: { … }")]
    [InlineData("akka.cluster.failure-detector.heartbeat-interval = often", "gateway.conf:1: akka.cluster.failure-detector.heartbeat-interval: expected a duration, such as")]
    public void A_wrong_akka_setting_is_reported(string text, string problem) => Assert.Contains(Files.Problems(text), found => found.StartsWith(problem, StringComparison.Ordinal));

    [Fact]
    public void Akka_settings_are_handed_on_with_their_substitutions_resolved()
    {
        Environment.SetEnvironmentVariable("SOCKS64_TEST_HOST", "127.0.0.1");
        var settings = Files.Read("akka { remote.dot-netty.tcp.hostname = ${?SOCKS64_TEST_HOST}, cluster.roles = [relay, \"a b\"] }");
        var config = Akka.Configuration.ConfigurationFactory.ParseString(settings.Akka.Reveal());
        Assert.Equal("127.0.0.1", config.GetString("akka.remote.dot-netty.tcp.hostname"));
        Assert.Equal(["relay", "a b"], config.GetStringList("akka.cluster.roles"));
    }

    // --- socksify --------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("gateway = lab-x", "gateway: \"lab-x\" is not one of gateways, nor a host and a port such as \"192.0.2.9:1080\"")]
    [InlineData("direct = [\"10.0.0.0/8\", here]", "direct: \"here\" is not a network such as 10.0.0.0/8, nor none")]
    [InlineData("answer = ipv5", "answer: \"ipv5\" is not one of ipv4, ipv6, both, match; did you mean \"ipv4\"?")]
    [InlineData("log = \"loud:/tmp/log\"", "log: \"loud:/tmp/log\" does not begin with off, error, info or debug")]
    public void Socksify_needs_what_its_library_understands(string text, string problem) =>
        Assert.Equal($"socks64.socksify.{problem}", Only($"{Lab}socks64.socksify {{ {text} }}"));

    [Theory]
    [InlineData("lab-a", "[2001:db8::10]:1080")]
    [InlineData("\"gateway.example:1081\"", "gateway.example:1081")]
    public void Socksify_goes_through_a_named_gateway_or_another(string gateway, string address) =>
        Assert.Equal(address, Files.Read($"{Lab}socks64.socksify.gateway = {gateway}").Socksify.Gateway!.Address.ToString());
}
