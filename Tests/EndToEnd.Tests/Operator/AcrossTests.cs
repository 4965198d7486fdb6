using System.Diagnostics;
using System.Text.Json;
using Gateway.Protocol;
using Testing;

namespace Socks64Actors.EndToEnd.Tests.Operator;

/// <summary>Every question and action reaches every gateway of the cluster through the door of any of them.</summary>
public sealed class AcrossTests(AcrossTests.Lab lab) : IClassFixture<AcrossTests.Lab>
{
    /// <summary>An entry, a relay, an exit, and clients whose sessions pass all three.</summary>
    public sealed class Lab : IAsyncLifetime
    {
        internal static string TokenOf(string name) => $"the token of the door of {name}";

        internal LoopbackCluster Cluster { get; private set; } = null!;

        internal LiveSessions Sessions { get; } = new();

        public async Task InitializeAsync()
        {
            Cluster = await LoopbackCluster.StartAsync(["e1", "r1", "x1"], name => name == "r1" ? $"socks64.admin.token = \"{TokenOf(name)}\"" : "");
            await Sessions.AddAsync(Cluster.Socks("e1"), 4);
        }

        public async Task DisposeAsync()
        {
            await Sessions.DisposeAsync();
            await Cluster.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("pulse"), InlineData("gateways"), InlineData("flows"), InlineData("chains"), InlineData("routes"), InlineData("sessions"), InlineData("associations")]
    [InlineData("address-ids"), InlineData("events/recent"), InlineData("explain?destination=www.example:443")]
    public async Task Each_list_is_that_of_the_gateway_named_or_of_all(string list)
    {
        var join = list.Contains('?') ? '&' : '?';
        var own = Assert.Single(await lab.Cluster.NodesAsync("x1", $"api/{list}{join}node=x1"));
        var far = Assert.Single(await lab.Cluster.NodesAsync("e1", $"api/{list}{join}node=x1"));
        Assert.Equal(("x1", "x1"), (own.Key, far.Key));
        Assert.False(far.Value.TryGetProperty("error", out _));
        Assert.Equal(own.Value.EnumerateObject().Select(property => property.Name), far.Value.EnumerateObject().Select(property => property.Name));
        var all = await lab.Cluster.NodesAsync("x1", $"api/{list}{join}node=*");
        Assert.Equal(["e1", "r1", "x1"], all.Keys.Order());
        Assert.DoesNotContain(all.Values, node => node.TryGetProperty("error", out _));
    }

    [Fact]
    public async Task A_session_is_found_at_every_gateway_that_it_passes_and_closed_from_any()
    {
        using var client = await SocksTestClient.ConnectAsync(lab.Cluster.Socks("e1"));
        Assert.Equal(ReplyCode.Succeeded, (await client.AskAsync(SocksCommand.Connect, lab.Sessions.Destinations[0])).Code);
        await client.EchoAsync(new byte[12_345]);
        var at = (await lab.Cluster.NodesAsync("x1", $"api/sessions?node=e1&text={LiveSessions.AddressOf(client)}"))["e1"].GetProperty("sessions")[0];
        Assert.Equal((12_345, 12_345), (at.GetProperty("sent").GetInt64(), at.GetProperty("received").GetInt64()));

        var everywhere = await lab.Cluster.NodesAsync("x1", $"api/sessions?node=*&trace={at.GetProperty("trace").GetString()}");
        Assert.All(everywhere.Values, node => Assert.Equal(1, node.GetProperty("matched").GetInt32()));
        Assert.Equal(("e1", 12_345), (everywhere["r1"].GetProperty("sessions")[0].GetProperty("member").GetString(), everywhere["x1"].GetProperty("sessions")[0].GetProperty("sent").GetInt64()));

        var (code, body) = await PostAsync("x1", $"api/sessions/{at.GetProperty("id")}/close?node=e1");
        Assert.Equal((200, "e1"), (code, body.GetProperty("nodes")[0].GetProperty("node").GetString()));
        Assert.True(await client.Socket.IsResetAsync());
        Assert.Equal(409, (await PostAsync("x1", $"api/sessions/{at.GetProperty("id")}/close?node=e1")).Code);
    }

    [Fact]
    public async Task Octets_of_all_gateways_together_count_each_leg_once()
    {
        using (var client = await SocksTestClient.ConnectAsync(lab.Cluster.Socks("e1")))
        {
            await client.AskAsync(SocksCommand.Connect, lab.Sessions.Destinations[1]);
            await client.EchoAsync(new byte[1000]);
        }
        var shown = "";
        await Eventually.Holds(async () =>
        {
            var legs = (await lab.Cluster.NodesAsync("x1", "api/flows?node=*")).Values.SelectMany(node => node.GetProperty("flows").EnumerateArray())
                .Select(flow => $"{Name(flow, "from")}>{Name(flow, "to")}>{flow.GetProperty("family").GetString()}").Order().ToList();
            shown = string.Join(", ", legs);
            return legs.SequenceEqual([">e1>ipv4", "e1>r1>ipv6", "r1>x1>ipv4", "x1>>ipv4", "x1>>ipv6"]);
        }, () => $"the legs are {shown}");

        static string? Name(JsonElement flow, string end) => flow.TryGetProperty(end, out var name) ? name.GetString() : null;
    }

    [Fact]
    public async Task A_gateway_is_drained_and_taken_back_through_another_and_all_hear_of_it()
    {
        Assert.Equal(200, (await PostAsync("e1", "api/drain?node=x1")).Code);
        Assert.True((await lab.Cluster.NodesAsync("x1", "api/gateways?node=x1"))["x1"].GetProperty("draining").GetBoolean());
        await TellsAsync("member-draining");
        Assert.Equal(200, (await PostAsync("e1", "api/undrain?node=x1")).Code);
        Assert.False((await lab.Cluster.NodesAsync("x1", "api/gateways?node=x1"))["x1"].GetProperty("draining").GetBoolean());
        await TellsAsync("member-undrained");
        await lab.Cluster.HasMembersAsync(3);

        // One stream tells of all: what was done at x1 through e1, and what the others made of it.
        await lab.Cluster.FollowsAsync("r1", "api/events?node=*", Lab.TokenOf("r1"), ["x1 undrained", "e1 member-undrained", "r1 member-undrained"]);

        Task TellsAsync(string kind) => Eventually.Holds(async () =>
            (await lab.Cluster.NodesAsync("x1", "api/events/recent?node=*"))["e1"].GetProperty("events").EnumerateArray()
                .Any(news => news.GetProperty("kind").GetString() == kind && news.GetProperty("subject").GetString() == "x1"), () => $"e1 tells of no {kind}");
    }

    [Fact]
    public async Task A_gateway_is_ejected_from_the_chains_of_another_and_restored()
    {
        Assert.Equal(200, (await PostAsync("x1", "api/gateways/r1/eject?node=e1")).Code);
        Assert.Equal(["r1"], await EjectedAsync("e1"));
        Assert.Empty(await EjectedAsync("x1"));
        Assert.Equal(200, (await PostAsync("x1", "api/gateways/r1/restore?node=*")).Code);
        Assert.Empty(await EjectedAsync("e1"));

        async Task<IEnumerable<string?>> EjectedAsync(string name) =>
            (await lab.Cluster.NodesAsync("x1", "api/gateways?node=*"))[name].GetProperty("ejected_servers").EnumerateArray().Select(server => server.GetString());
    }

    [Fact]
    public async Task Settings_are_read_again_where_it_is_asked_for_and_wrong_ones_are_told_of()
    {
        lab.Cluster.Write("x1", "socks64.routes = [{ to = \"198.51.100.0/24\", via = reject }, { to = any, via = direct }, { to = [\"127.0.0.0/8\", \"::1/128\"], via = direct }]");
        var (code, body) = await PostAsync("e1", "api/reload?node=x1");
        Assert.Equal((200, "x1"), (code, body.GetProperty("nodes")[0].GetProperty("node").GetString()));
        Assert.Contains("socks64.routes", body.GetProperty("nodes")[0].GetProperty("changes")[0].GetString());
        Assert.Equal(("to 198.51.100.0/24 via reject", "to 192.0.2.0/24 via reject"), (await FirstRouteAsync("x1"), await FirstRouteAsync("e1")));

        lab.Cluster.Write("x1", "socks64.rutes = []");
        (code, body) = await PostAsync("e1", "api/reload?node=*");
        Assert.Equal(409, code);
        var problems = body.GetProperty("nodes").EnumerateArray().ToDictionary(node => node.GetProperty("node").GetString()!, node => node.GetProperty("problems").GetArrayLength());
        Assert.Equal(new() { ["e1"] = 0, ["r1"] = 0, ["x1"] = 1 }, problems);
        Assert.Equal("to 198.51.100.0/24 via reject", await FirstRouteAsync("x1"));
        lab.Cluster.Write("x1");
        Assert.Equal(200, (await PostAsync("e1", "api/reload?node=x1")).Code);

        async Task<string?> FirstRouteAsync(string name) => (await lab.Cluster.NodesAsync("e1", $"api/routes?node={name}"))[name].GetProperty("routes")[0].GetProperty("text").GetString();
    }

    [Fact]
    public async Task The_token_of_the_gateway_that_is_asked_is_the_one_that_counts()
    {
        Assert.Equal(401, (await lab.Cluster.SendAsync(HttpMethod.Get, "r1", "api/sessions?node=e1")).Code);
        Assert.Equal(401, (await lab.Cluster.SendAsync(HttpMethod.Post, "r1", "api/drain?node=e1", "some other token of a door")).Code);
        Assert.Equal(200, (await lab.Cluster.SendAsync(HttpMethod.Get, "r1", "api/sessions?node=e1", Lab.TokenOf("r1"))).Code);
        Assert.Equal(200, (await lab.Cluster.SendAsync(HttpMethod.Get, "e1", "api/sessions?node=r1")).Code);
    }

    [Fact]
    public async Task A_gateway_that_does_not_answer_says_so_in_time_and_holds_up_nobody()
    {
        lab.Cluster.Pause("r1");
        try
        {
            foreach (var (list, patience) in ((string, double)[])[("pulse", 1), ("sessions", 2), ("gateways", 2), ("explain?destination=www.example:443", 2)])
            {
                var clock = Stopwatch.StartNew();
                var all = await lab.Cluster.NodesAsync("e1", $"api/{list}{(list.Contains('?') ? '&' : '?')}node=*");
                Assert.InRange(clock.Elapsed.TotalSeconds, 0, patience + 3);
                Assert.Contains(all["r1"].GetProperty("error").GetString(), (string?[])["no answer in time", "is not heard of"]);
                Assert.False(all["e1"].TryGetProperty("error", out _) || all["x1"].TryGetProperty("error", out _));
            }
            var (code, body) = await lab.Cluster.SendAsync(HttpMethod.Get, "e1", "api/explain?destination=www.example:443&node=r1");
            Assert.Equal((200, true), (code, body.GetProperty("nodes")[0].TryGetProperty("error", out _)));
            Assert.Equal(409, (await PostAsync("e1", "api/drain?node=r1")).Code);
        }
        finally
        {
            lab.Cluster.Resume("r1");
        }
        // What it was asked meanwhile it does when it wakes up.
        await lab.Cluster.HasMembersAsync(3);
        await PostAsync("e1", "api/undrain?node=r1");
    }

    private Task<(int Code, JsonElement Body)> PostAsync(string name, string path) => lab.Cluster.SendAsync(HttpMethod.Post, name, path);
}
