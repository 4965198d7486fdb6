using System.Net;
using System.Text.Json;
using Gateway.Node.Tests.Admin;
using Gateway.Protocol;
using Testing;

namespace Gateway.Node.Tests.Commands;

/// <summary>The operator's commands, run as a user runs them, against a gateway that runs.</summary>
public class OperatorTests
{
    private const string Token = "admin.token = s3cret-of-the-door";

    [Fact]
    public async Task Status_tells_of_the_gateway_its_chains_and_what_the_operator_ejected()
    {
        await using var lab = await AdminLab.StartAsync("""
            gateways { a.address = "192.0.2.1:1080", b.address = "192.0.2.2:1080" }
            chains { way.hops = [{ gateways = [a, b], over = ipv4 }], broken.hops = [{ gateways = [a] }] }
            """);
        Assert.Equal(0, (await AskAsync(lab, "eject", "a")).Code);

        var (code, output, error) = await AskAsync(lab, "status");

        Assert.Equal((0, ""), (code, error));
        Assert.DoesNotContain("\u001b", output);
        Assert.Contains($"{lab.Address} is g1, one of 1 gateway\n", output);
        Assert.Matches(@"g1 +not ready +0 +0 +0 ", output);
        Assert.Contains("g1 is not ready: chain broken, hop 1: the operator ejected all of its gateways\n", output);
        Assert.Matches(@"way +live +g1 →4 a, b 1/2 → destination", output);
        Assert.Matches(@"broken +broken +hop 1: the operator ejected", output);
        Assert.Matches(@"EJECTED BY THE OPERATOR +AT *\na +g1", output);
        using var json = JsonDocument.Parse((await AskAsync(lab, "status", "--json")).Output);
        Assert.Equal("g1", json.RootElement.GetProperty("cluster").GetProperty("node").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("chains")[0].GetProperty("chains").GetArrayLength());
        Assert.Equal("a", json.RootElement.GetProperty("gateways")[0].GetProperty("ejected_servers")[0].GetString());
    }

    [Fact]
    public async Task Explain_asks_a_running_gateway_who_may_serve()
    {
        await using var lab = await AdminLab.StartAsync("""
            gateways { a.address = "192.0.2.1:1080", b.address = "192.0.2.2:1080" }
            chains.way.hops = [{ gateways = [a, b], over = ipv4 }]
            routes = [{ from = "198.51.100.0/24", to = any, via = reject }, { to = any, via = way }]
            """);
        Assert.Equal(0, (await AskAsync(lab, "eject", "a")).Code);

        var (code, output, error) = await AskAsync(lab, "explain", "www.example:80", "--live");

        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("at g1, www.example:80: way\n  routes[1]: to any via way\n", output);
        Assert.Contains("    not a, which the operator ejected\n    2. b at 192.0.2.2:1080\n", output);
        Assert.StartsWith("at g1, [2001:db8::1]:80: refused\n", (await AskAsync(lab, "explain", "[2001:db8::1]:80", "--from", "198.51.100.7", "--live", "--node", "*")).Output);
        Assert.Equal((1, "", "socks64: no gateway of that name is a member\n"), await AskAsync(lab, "explain", "www.example:80", "--live", "--node", "g7"));
    }

    [Fact]
    public async Task Sessions_are_a_table_for_people_and_lines_of_json_for_programs()
    {
        await using var lab = await AdminLab.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await lab.ConnectAsync();
        await socks.AskAsync(SocksCommand.Connect, echo.Endpoint);
        await socks.EchoAsync(new byte[300]);
        using var idle = await lab.ConnectAsync();
        await lab.HasSessionsAsync(2);

        var (code, table, _) = await AskAsync(lab, "sessions", "--state", "relaying");
        Assert.Equal(0, code);
        Assert.Matches($@"^ *ID +AGE +STATE +CLIENT +DESTINATION +WAY +SENT +RECEIVED +USER +COMMAND +SETUP *\n *\d+ +\d+s +relaying +127\.0\.0\.1:\d+ +{echo.Endpoint} +direct +300 B +300 B +connect +[\d.]+ ms *\n$", table);

        var (_, all, _) = await AskAsync(lab, "sessions", "--node", "*", "--json");
        var lines = all.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.Equal("g1", line.GetProperty("node").GetString()));
        Assert.Equal(300, lines.Single(line => line.GetProperty("state").GetString() == "relaying").GetProperty("sent").GetInt64());

        Assert.Equal((0, "", "no session matches\n"), await AskAsync(lab, "sessions", "--user", "nobody"));
        Assert.Equal((0, "", "no session matches\n"), await AskAsync(lab, "sessions", "--text", "&state=relaying"));
        Assert.Equal((1, "", "socks64: no gateway of that name is a member\n"), await AskAsync(lab, "sessions", "--node", "g7"));
    }

    [Fact]
    public async Task Sessions_of_all_gateways_are_followed_over_their_pages()
    {
        var labs = await AdminLab.StartClusterAsync("", "");
        List<SocksTestClient> clients = [];
        try
        {
            for (var i = 0; i < 230; i++)
                clients.Add(await labs[i % 23 == 0 ? 1 : 0].ConnectAsync());
            await labs[0].HasSessionsAsync(220);
            await labs[1].HasSessionsAsync(10);

            // What a gateway is asked first takes a busy machine longer than one gateway waits for another.
            await Eventually.Holds(async () => (await labs[1].GetAsync("/api/sessions?node=*")).Body.GetProperty("nodes").EnumerateArray().All(node => !node.TryGetProperty("error", out _)), () => "g1 does not answer g2");

            var (code, output, error) = await AskAsync(labs[1], "sessions", "--node", "*", "--json");

            Assert.Equal((0, ""), (code, error));
            var ids = output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).Select(line => (line.GetProperty("node").GetString(), line.GetProperty("id").GetInt64())).ToList();
            Assert.Equal((230, 220), (ids.Distinct().Count(), ids.Count(id => id.Item1 == "g1")));
            (code, output, error) = await AskAsync(labs[1], "sessions", "--node", "g1", "--json");
            Assert.Equal((0, ""), (code, error));
            Assert.Equal(220, output.TrimEnd().Split('\n').Length);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
            foreach (var lab in labs)
                await lab.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_is_done_is_said_and_what_is_not_exits_1()
    {
        await using var lab = await AdminLab.StartAsync();
        using var socks = await lab.ConnectAsync();
        await lab.HasSessionsAsync(1);
        var id = (await lab.OwnAsync("/api/sessions")).GetProperty("sessions")[0].GetProperty("id").ToString();

        Assert.Equal((0, "g1: takes no new clients\n", ""), await AskAsync(lab, "drain"));
        Assert.True(lab.Gateway.Doorkeeper.IsDraining);
        Assert.Equal((0, "g1: takes new clients\n", ""), await AskAsync(lab, "undrain", "--node", "*"));
        Assert.False(lab.Gateway.Doorkeeper.IsDraining);
        Assert.Equal((0, $"g1: session {id} is closed\n", ""), await AskAsync(lab, "close", id));
        await lab.HasSessionsAsync(0);
        Assert.Equal((1, "", $"g1: there is no session {id}\n"), await AskAsync(lab, "close", id));
        Assert.Equal((1, "", "socks64: there is no gateway r7; there are g1\n"), await AskAsync(lab, "eject", "r7"));
        Assert.Equal((1, "", "socks64: no gateway of that name is a member\n"), await AskAsync(lab, "drain", "--node", "g7"));
    }

    [Fact]
    public async Task Reload_prints_what_differs_or_what_is_wrong()
    {
        await using var lab = await AdminLab.StartAsync();
        lab.Settings = "max-hops = 3";
        var (code, output, error) = await AskAsync(lab, "reload");
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("g1: 1 change in force for new sessions\n  added socks64.max-hops = 3", output);

        lab.Settings = "max-hop = 3";
        (code, output, error) = await AskAsync(lab, "reload");
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("g1: nothing was changed\n  test.conf:", error);
        Assert.Contains("did you mean \"max-hops\"", error);
    }

    [Fact]
    public async Task Events_are_told_by_kind_and_followed_as_they_happen()
    {
        await using var lab = await AdminLab.StartAsync();
        await lab.PostAsync("/api/drain");
        await lab.PostAsync("/api/undrain");
        var (code, output, _) = await AskAsync(lab, "events", "--kind", "undrained");
        Assert.Equal(0, code);
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d g1 +undrained +", output);

        await using var following = Socks64.Start("events", "--follow", "--json", "--kind", "draining", "--admin", $"{lab.Address}");
        Assert.Equal(1, await NumberAsync());
        await lab.PostAsync("/api/drain");
        Assert.Equal(3, await NumberAsync());

        async Task<long> NumberAsync() =>
            JsonDocument.Parse((await following.Output.ReadLineAsync().WaitAsync(Eventually.Patience))!).RootElement.GetProperty("number").GetInt64();
    }

    [Fact]
    public async Task The_token_comes_from_the_environment_a_file_or_the_settings_and_is_never_printed()
    {
        await using var lab = await AdminLab.StartAsync(Token);
        using var file = new SettingsFile("s3cret-of-the-door\n");
        using var settings = new SettingsFile($"socks64 {{ admin.address = \"{lab.Address.Authority}\", {Token} }}");
        (string, string)[] here = [("SOCKS64_ADMIN", lab.Address.Authority)];
        Assert.Equal(0, (await Socks64.RunAsync([.. here, ("SOCKS64_ADMIN_TOKEN", "s3cret-of-the-door")], "status")).Code);
        Assert.Equal(0, (await Socks64.RunAsync([.. here, ("SOCKS64_ADMIN_TOKEN_FILE", file.Name)], "status")).Code);
        Assert.Equal(0, (await Socks64.RunAsync(here, "status", "--token-file", file.Name)).Code);
        Assert.Equal(0, (await Socks64.RunAsync([("SOCKS64_ADMIN", "127.0.0.1:1")], "status", "-c", settings.Name)).Code);

        var (code, output, error) = await Socks64.RunAsync(here, "status");
        Assert.Equal((77, ""), (code, output));
        Assert.Contains("the gateway wants its token, and none is known here", error);
        (code, output, error) = await Socks64.RunAsync([.. here, ("SOCKS64_ADMIN_TOKEN", "wr0ng-one")], "drain");
        Assert.Equal((77, ""), (code, output));
        Assert.Contains("this is not the gateway's token", error);
        Assert.DoesNotContain("wr0ng", error);
        Assert.Equal(78, (await Socks64.RunAsync([.. here, ("SOCKS64_ADMIN_TOKEN", "two\nlines")], "status")).Code);
        (code, _, error) = await Socks64.RunAsync([], "status", "--admin", "http://me:s3cret@127.0.0.1:1/");
        Assert.Equal(64, code);
        Assert.DoesNotContain("s3cret", error);
    }

    [Fact]
    public async Task Nobody_a_stranger_and_an_old_gateway_are_told_apart()
    {
        using var closed = new ClosedPort(IPAddress.Loopback);
        var (code, output, error) = await Socks64.RunAsync("", "status", "--admin", $"{closed.Endpoint}");
        Assert.Equal((69, ""), (code, output));
        Assert.Contains("nobody listens there", error);

        using var stranger = new StrangeServer(_ => (200, "text/html", "<html>It works!</html>"));
        (code, _, error) = await Socks64.RunAsync("", "status", "--admin", $"{stranger.Endpoint}");
        Assert.Equal(76, code);
        Assert.Contains("whoever answers there is not a socks64", error);

        using var old = new StrangeServer(path => path == "/healthz" ? (200, "text/plain", "ok\n") : (404, "text/plain", ""));
        (code, _, error) = await Socks64.RunAsync("", "eject", "r1", "--admin", $"{old.Endpoint}");
        Assert.Equal(76, code);
        Assert.Contains("this gateway is too old for that; it does not know /api/gateways/r1/eject", error);

        using var other = new StrangeServer(_ => (200, "application/json", "{\"nodes\":7}"));
        (code, _, error) = await Socks64.RunAsync("", "drain", "--admin", $"{other.Endpoint}");
        Assert.Equal(76, code);
        Assert.Contains("may be of another version", error);
    }

    [Theory]
    [InlineData("sessions --state sleeping", "Argument 'sleeping' not recognized")]
    [InlineData("events --kind rain", "Argument 'rain' not recognized")]
    [InlineData("top --every 0", "--every must be from 0.5 to 3600 seconds")]
    [InlineData("top", "top needs a terminal")]
    [InlineData("close x", "Cannot parse argument 'x'")]
    [InlineData("status --admin ftp://127.0.0.1", "--admin is not HOST:PORT or a URL")]
    public async Task Wrong_command_lines_exit_64(string arguments, string why)
    {
        var (code, output, error) = await Socks64.RunAsync("", arguments.Split(' '));
        Assert.Equal((64, ""), (code, output));
        Assert.Contains(why, error);
    }

    [Theory]
    [InlineData("admin.address = off", "no operator's door")]
    [InlineData("admin.address = \"127.0.0.1:0\"", "take any free port")]
    [InlineData("max-hop = 3", "did you mean \"max-hops\"")]
    public async Task Settings_that_lead_to_no_door_exit_78(string settings, string why)
    {
        using var file = new SettingsFile($"socks64 {{ {settings} }}");
        var (code, _, error) = await Socks64.RunAsync("", "status", "-c", file.Name);
        Assert.Equal(78, code);
        Assert.Contains(why, error);
    }

    private static Task<(int Code, string Output, string Error)> AskAsync(AdminLab lab, params string[] arguments) =>
        Socks64.RunAsync("", [.. arguments, "--admin", $"{lab.Address}"]);
}
