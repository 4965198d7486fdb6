using System.Text;
using Gateway.Actors.Access;

namespace Gateway.Node.Tests.Commands;

public class CommandLineTests
{
    [Fact]
    public async Task Help_names_every_command_and_the_settings_option()
    {
        var (code, output, _) = await Socks64.RunAsync("", "--help");
        Assert.Equal(0, code);
        foreach (var word in new[] { "run", "check", "explain", "values", "hash-password", "resolve", "status", "top", "sessions", "events", "drain", "undrain", "reload", "close", "eject", "restore", "completion", "-c, --config <FILE>" })
            Assert.Contains(word, output);
    }

    [Theory]
    [InlineData("bogus", "Unrecognized command or argument 'bogus'", "Try: socks64 --help")]
    [InlineData("check --bogus", "Unrecognized command or argument '--bogus'", "Try: socks64 check --help")]
    [InlineData("explain", "Required argument 'destination' missing", "Try: socks64 explain --help")]
    [InlineData("explain a.example:80 --admin 127.0.0.1:1", "--admin needs --live", "Try: socks64 explain --help")]
    [InlineData("explain nowhere", "\"nowhere\" is not HOST:PORT", "Try: socks64 explain --help")]
    [InlineData("resolve -4 -6 example.com", "only one of --ipv4, --ipv6, --reverse and --id", "Try: socks64 resolve --help")]
    [InlineData("values socks64", "\"socks64\" is the gateway's own", "Try: socks64 values --help")]
    [InlineData("hash-password --iterations 5", "--iterations must be from 1000 to 10000000", "Try: socks64 hash-password --help")]
    public async Task A_wrong_command_line_exits_64_and_says_why(string arguments, string why, string hint)
    {
        var (code, output, error) = await Socks64.RunAsync("", arguments.Split(' '));
        Assert.Equal((64, ""), (code, output));
        Assert.Contains(why, error);
        Assert.Contains(hint, error);
    }

    [Theory]
    [InlineData(">&-", "Bad file descriptor")]
    [InlineData(">/dev/full", "No space left on device")]
    public async Task An_answer_that_cannot_be_written_is_a_failure_that_says_why(string redirection, string why)
    {
        await using var socks64 = Socks64.StartRedirected(redirection, "check");
        Assert.StartsWith($"socks64: {why}", await socks64.ErrorToEndAsync());
        Assert.Equal(1, await socks64.EndAsync());
    }

    [Theory]
    [InlineData("check")]
    [InlineData("run")]
    [InlineData("explain example.com:80")]
    public async Task Wrong_settings_exit_78_with_file_and_line(string command)
    {
        using var file = new SettingsFile("socks64 {\n  max-hop = 3\n}\n");
        var (code, _, error) = await Socks64.RunAsync("", [.. command.Split(' '), "-c", file.Name]);
        Assert.Equal(78, code);
        Assert.Equal($"{file.Name}:2: socks64.max-hop: unknown key; did you mean \"max-hops\"?", error.Trim());
    }

    [Fact]
    public async Task Check_says_what_right_settings_mean()
    {
        using var file = new SettingsFile("socks64 { node.name = g1, listeners = [{ address = \"127.0.0.1:1080\" }] }");
        var (code, output, error) = await Socks64.RunAsync("", "check", "-c", file.Name);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal("g1: the settings are usable\n  listens on 127.0.0.1:1080, no authentication\n  0 users, 1 route, 0 chains\n", output);
    }

    [Fact]
    public async Task Several_files_can_follow_one_option_or_several()
    {
        using var first = new SettingsFile("socks64.node.name = g1");
        using var second = new SettingsFile("socks64.node.name = g2");
        Assert.StartsWith("g2:", (await Socks64.RunAsync("", "check", "-c", first.Name, second.Name)).Output);
        Assert.StartsWith("g1:", (await Socks64.RunAsync("", "check", "-c", second.Name, "-c", first.Name)).Output);
    }

    [Fact]
    public async Task Values_prints_place_key_and_value_of_what_is_the_users_own()
    {
        using var file = new SettingsFile("socks64.max-hop = 3\nsize = 2\nlab {\n  nodes { e1 { roles = [entry, \"a\\tb\"] } }\n  size = ${size}\n}\n");
        var (code, output, error) = await Socks64.RunAsync("", "values", "lab", "-c", file.Name);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal($"{file.Name}:4\tlab.nodes.e1.roles[0]\tentry\n{file.Name}:4\tlab.nodes.e1.roles[1]\ta\\tb\n{file.Name}:5\tlab.size\t2\n", output);
    }

    [Theory]
    [InlineData("lab { a = ", ":1: ")]
    [InlineData("other = 1", "lab: no file has a value below this key")]
    public async Task Values_that_cannot_be_had_exit_78(string text, string why)
    {
        using var file = new SettingsFile(text);
        var (code, output, error) = await Socks64.RunAsync("", "values", "lab", "-c", file.Name);
        Assert.Equal((78, ""), (code, output));
        Assert.Contains(why, error);
    }

    [Fact]
    public async Task Hash_password_makes_a_hash_that_matches()
    {
        var (code, output, error) = await Socks64.RunAsync("s3cret\n", "hash-password", "--iterations", "1000");
        Assert.Equal((0, ""), (code, error));
        Assert.True(PasswordHash.TryParse(output.Trim(), out var hash));
        Assert.True(hash.Matches(Encoding.UTF8.GetBytes("s3cret")));
    }

    [Fact]
    public async Task Hash_password_refuses_an_empty_password()
    {
        var (code, output, error) = await Socks64.RunAsync("\n", "hash-password");
        Assert.Equal((64, ""), (code, output));
        Assert.Contains("1 to 255 octets", error);
    }

    [Fact]
    public async Task Explain_names_the_route_and_what_the_client_is_told()
    {
        using var file = new SettingsFile("socks64.routes = [{ to = \"*.lab\", via = reject }, { to = any, via = direct }]");
        var (_, refused, _) = await Socks64.RunAsync("", "explain", "-c", file.Name, "--", "a.lab:80");
        Assert.Contains("a.lab:80: refused", refused);
        Assert.Contains("routes[0]: to *.lab via reject", refused);
        Assert.Contains("REP 02", refused);
        var (_, allowed, _) = await Socks64.RunAsync("", "explain", "[2001:db8::1]:80", "--from", "192.0.2.1", "-c", file.Name);
        Assert.Contains("[2001:db8::1]:80: direct", allowed);
    }

    [Fact]
    public async Task Explain_names_the_chain_its_hops_their_candidates_the_families_and_why()
    {
        using var file = new SettingsFile("""
            socks64 {
              node.name = g1
              gateways { a { address = "192.0.2.1:1080", username = g1, password = s3cret }, b { address = "b.lab:1080", one-flight = on, address-associate = on } }
              chains.lab {
                hops = [{ role = relay, over = ipv6, pick = least-sessions }, { gateways = [b], over = ipv4 }, { gateways = [a, b], over = ipv4, pick = in-order }]
                destination.over = prefer-ipv6, hedge-after = off
              }
              routes = [{ to = any, via = lab }]
            }
            akka.cluster.seed-nodes = ["akka.tcp://socks64@127.0.0.1:4053"]
            """);

        var (code, output, _) = await Socks64.RunAsync("", "explain", "www.lab:80", "-c", file.Name);

        Assert.Equal(0, code);
        Assert.DoesNotContain("s3cret", output);
        Assert.Equal(
            """
            www.lab:80: lab
              routes[0]: to any via lab
              client → g1 → (IPv6) a member with role relay → (IPv4) b → (IPv4) a or b → (IPv6 if possible) www.lab:80
              hop 1: a member with role relay over ipv6, least-sessions: who has the fewest sessions is tried first
                only a running gateway knows who they are (explain --live); this node is none of them
              hop 2: b over ipv4, round-robin: each in turn is the first to be tried
                1. b at b.lab:1080, a name that this gateway resolves within IPv4, in one flight
              hop 3: a or b over ipv4, in-order: tried in this order
                1. a at 192.0.2.1:1080, with a password
                2. b at b.lab:1080, a name that this gateway resolves within IPv4, in one flight
              destination: the name travels as a name, and the last hop resolves it
                by its own choice, because not all can be asked for IPv6 if possible: address-associate is off
              setup-timeout 15s, hedge-after off; legs that failed lately come last
            """, output.Trim());
        Assert.Contains("connects to 192.0.2.80", (await Socks64.RunAsync("", "explain", "192.0.2.80:80", "-c", file.Name)).Item2);
    }
}
