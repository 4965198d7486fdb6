using System.Net;
using System.Text.Json;
using Gateway.Protocol;
using Testing;

namespace Gateway.Node.Tests.Admin;

/// <summary>The operator takes a server out of the chains, and puts it back.</summary>
public class EjectionTests
{
    [Fact]
    public async Task New_sessions_avoid_an_ejected_gateway_and_live_ones_go_on_through_it()
    {
        await using var hop = await AdminLab.StartAsync();
        await using var lab = await AdminLab.StartAsync(Through(hop));
        using var echo = new EchoServer(IPAddress.Loopback);
        using var before = await lab.ConnectAsync();
        Assert.Equal(ReplyCode.Succeeded, (await before.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);

        var (code, body) = await lab.PostAsync("/api/gateways/hop/eject");
        Assert.Equal((200, "hop is out of the chains"), (code, body.GetProperty("nodes")[0].GetProperty("done").GetString()));
        using var meanwhile = await lab.ConnectAsync();
        Assert.Equal(ReplyCode.NetworkUnreachable, (await meanwhile.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
        await before.EchoAsync(new byte[1000]);

        Assert.Equal(200, (await lab.PostAsync("/api/gateways/hop/restore")).Code);
        using var after = await lab.ConnectAsync();
        Assert.Equal(ReplyCode.Succeeded, (await after.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
    }

    [Fact]
    public async Task An_ejected_gateway_is_shown_wherever_somebody_would_look()
    {
        await using var lab = await AdminLab.StartAsync("gateways { a.address = \"192.0.2.1:1080\", b.address = \"192.0.2.2:1080\" }\nchains.way.hops = [{ gateways = [a, b] }]\nroutes = [{ to = any, via = way }]");
        await lab.PostAsync("/api/gateways/a/eject");

        Assert.Equal(["a"], Texts((await lab.GetAsync("/api/cluster")).Body.GetProperty("ejected_servers")));
        Assert.Equal(["a"], Texts((await lab.OwnAsync("/api/gateways")).GetProperty("ejected_servers")));
        var chain = (await lab.OwnAsync("/api/chains")).GetProperty("chains")[0];
        var pool = chain.GetProperty("hops")[0];
        Assert.Equal((true, "a", "b"), (chain.GetProperty("live").GetBoolean(), Texts(pool.GetProperty("ejected"))[0], Texts(pool.GetProperty("candidates"))[0]));
        Assert.Contains("  not a, which the operator ejected", Texts((await lab.OwnAsync("/api/explain?destination=www.example:80")).GetProperty("details")));
        var metrics = await lab.Http.GetStringAsync("/metrics");
        Assert.Contains("socks64_server_ejected{server=\"a\"} 1\n", metrics);
        Assert.Contains("socks64_server_ejected{server=\"b\"} 0\n", metrics);
        var news = (await lab.OwnAsync("/api/events/recent")).GetProperty("events")[0];
        Assert.Equal(("server-ejected", "a"), (news.GetProperty("kind").GetString(), news.GetProperty("subject").GetString()));

        await lab.PostAsync("/api/gateways/b/eject");
        var (code, ready) = await lab.GetAsync("/readyz");
        Assert.Equal((503, "chain way, hop 1: the operator ejected all of its gateways"), (code, Texts(ready.GetProperty("reasons"))[0]));
        await lab.PostAsync("/api/gateways/b/restore");
        Assert.Equal(200, (await lab.GetAsync("/readyz")).Code);
    }

    [Fact]
    public async Task A_reload_restores_nobody_and_an_ejected_gateway_that_left_the_settings_can_still_be_restored()
    {
        await using var lab = await AdminLab.StartAsync("gateways.a.address = \"192.0.2.1:1080\"");
        await lab.PostAsync("/api/gateways/a/eject");
        lab.Settings = "gateways.b.address = \"192.0.2.2:1080\"";
        Assert.Equal(200, (await lab.PostAsync("/api/reload")).Code);
        Assert.Equal(["a"], Texts((await lab.GetAsync("/api/cluster")).Body.GetProperty("ejected_servers")));
        Assert.Equal(200, (await lab.PostAsync("/api/gateways/a/restore")).Code);
        Assert.Equal(404, (await lab.PostAsync("/api/gateways/a/restore")).Code);
    }

    [Fact]
    public async Task A_wrong_name_is_refused_with_the_right_ones()
    {
        await using var lab = await AdminLab.StartAsync("gateways { lab-a.address = \"192.0.2.1:1080\" }");
        foreach (var action in new[] { "eject", "restore" })
        {
            var (code, body) = await lab.PostAsync($"/api/gateways/lab-x/{action}");
            Assert.Equal((404, "there is no gateway lab-x; there are g1, lab-a"), (code, body.GetProperty("error").GetString()));
        }
        Assert.Equal(404, (await lab.PostAsync("/api/gateways/lab-a/eject?node=g7")).Code);
    }

    [Fact]
    public async Task All_gateways_of_a_cluster_eject_a_server_or_one_of_them_does()
    {
        var labs = await AdminLab.StartClusterAsync("gateways { lab-a.address = \"192.0.2.1:1080\" }", "", "");
        try
        {
            Assert.Equal(200, (await labs[0].PostAsync("/api/gateways/g3/eject?node=*")).Code);
            Assert.All(labs, lab => Assert.Equal(["g3"], lab.Gateway.Ejected.Names));
            Assert.Equal(200, (await labs[0].PostAsync("/api/gateways/g3/restore?node=g2")).Code);
            Assert.Equal("g3  g3", string.Join(' ', labs.Select(lab => string.Join(' ', lab.Gateway.Ejected.Names))));

            var (code, body) = await labs[1].PostAsync("/api/gateways/lab-a/eject?node=*");
            Assert.Equal(200, code);
            Assert.Equal(
                ["lab-a is out of the chains", "has no gateway lab-a in its chains", "has no gateway lab-a in its chains"],
                body.GetProperty("nodes").EnumerateArray().OrderBy(answer => answer.GetProperty("node").GetString()).Select(answer => answer.GetProperty("done").GetString()));
            Assert.Equal(404, (await labs[1].PostAsync("/api/gateways/lab-x/eject?node=*")).Code);
        }
        finally
        {
            foreach (var lab in labs)
                await lab.DisposeAsync();
        }
    }

    private static string Through(AdminLab hop) => $$"""
        gateways.hop.address = "{{hop.Gateway.Listening[0]}}"
        chains.way.hops = [{ gateways = [hop] }]
        routes = [{ to = any, via = way }]
        """;

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];
}
