using System.Text.Json;
using Testing;

namespace Gateway.Node.Tests.Admin;

public class HealthTests
{
    [Fact]
    public async Task A_gateway_that_serves_is_healthy_and_ready()
    {
        await using var lab = await AdminLab.StartAsync();
        Assert.Equal("ok\n", await lab.Http.GetStringAsync("/healthz"));
        var (code, body) = await lab.GetAsync("/readyz");
        Assert.Equal((200, true), (code, body.GetProperty("ready").GetBoolean()));
    }

    [Fact]
    public async Task One_that_drains_is_healthy_and_not_ready()
    {
        await using var lab = await AdminLab.StartAsync();
        Assert.Equal(200, (await lab.PostAsync("/api/drain")).Code);
        Assert.Equal("ok\n", await lab.Http.GetStringAsync("/healthz"));
        var (code, body) = await lab.GetAsync("/readyz");
        Assert.Equal(503, code);
        Assert.Equal(["it drains"], Reasons(body));
    }

    [Fact]
    public async Task A_chain_without_a_living_hop_is_a_reason()
    {
        using var closed = new ClosedPort(System.Net.IPAddress.Loopback);
        await using var lab = await AdminLab.StartAsync($$"""
            gateways { lab-a { address = "{{closed.Endpoint}}" } }
            chains { far { hops = [{ gateways = [lab-a] }] } }
            routes = [{ to = any, via = far }]
            """);
        Assert.Equal(200, (await lab.GetAsync("/readyz")).Code);

        using var socks = await lab.ConnectAsync();
        await socks.AskAsync(Gateway.Protocol.SocksCommand.Connect, System.Net.IPEndPoint.Parse("192.0.2.1:80"));

        var (code, body) = await lab.GetAsync("/readyz");
        Assert.Equal(503, code);
        Assert.Equal(["chain far, hop 1: every leg that leads there is ejected, or ends at a member that is out of reach"], Reasons(body));
        var chain = (await lab.OwnAsync("/api/chains")).GetProperty("chains")[0];
        Assert.False(chain.GetProperty("live").GetBoolean());
        var leg = chain.GetProperty("hops")[0].GetProperty("legs")[0];
        Assert.Equal(("g1", "lab-a", "ipv4", true), (leg.GetProperty("from").GetString(), leg.GetProperty("to").GetString(), leg.GetProperty("family").GetString(), leg.GetProperty("ejected").GetBoolean()));
        Assert.Contains("socks64_chain_live{chain=\"far\"} 0\n", await lab.Http.GetStringAsync("/metrics"));
        var events = (await lab.OwnAsync("/api/events/recent")).GetProperty("events").EnumerateArray().Select(news => news.GetProperty("kind").GetString());
        Assert.Contains("leg-ejected", events);
    }

    [Fact]
    public async Task Reasons_are_for_those_who_know_the_token()
    {
        await using var lab = await AdminLab.StartAsync("admin.token = \"s3cret\"");
        await lab.Gateway.Doorkeeper.CloseAsync();
        var (code, body) = await lab.GetAsync("/readyz");
        Assert.Equal((503, false), (code, body.TryGetProperty("reasons", out _)));
        lab.UseToken("s3cret");
        Assert.Equal(["it drains"], Reasons((await lab.GetAsync("/readyz")).Body));
    }

    private static IEnumerable<string?> Reasons(JsonElement body) => body.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString());
}
