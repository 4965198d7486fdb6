using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Gateway.Protocol;
using Testing;

namespace Gateway.Node.Tests.Admin;

public class ApiTests
{
    [Fact]
    public async Task A_session_is_shown_with_its_route_and_its_octets_and_can_be_filtered()
    {
        await using var lab = await AdminLab.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await lab.ConnectAsync();
        await socks.AskAsync(SocksCommand.Connect, echo.Endpoint);
        await socks.EchoAsync(new byte[300]);

        var page = await lab.OwnAsync("/api/sessions?state=relaying&client=127.0.0.");
        Assert.Equal(("g1", 1), (page.GetProperty("node").GetString(), page.GetProperty("matched").GetInt32()));
        var session = page.GetProperty("sessions")[0];
        Assert.Equal(
            ("relaying", "connect", echo.Endpoint.ToString(), "direct", 300, 300),
            (session.GetProperty("state").GetString(), session.GetProperty("command").GetString(), session.GetProperty("destination").GetString(),
                session.GetProperty("via").GetString(), session.GetProperty("sent").GetInt64(), session.GetProperty("received").GetInt64()));
        Assert.Equal(0, (await lab.OwnAsync("/api/sessions?user=nobody")).GetProperty("matched").GetInt32());
        Assert.Equal(0, (await lab.OwnAsync("/api/associations")).GetProperty("matched").GetInt32());
    }

    [Fact]
    public async Task Pages_follow_each_other()
    {
        await using var lab = await AdminLab.StartAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => lab.ConnectAsync()));
        await Eventually.Holds(async () => (await lab.OwnAsync("/api/sessions")).GetProperty("matched").GetInt32() == 5, () => "not all sessions are shown");
        List<long> seen = [];
        for (long? after = 0; after is { } place;)
        {
            var page = await lab.OwnAsync($"/api/sessions?limit=2&after={place}");
            seen.AddRange(page.GetProperty("sessions").EnumerateArray().Select(session => session.GetProperty("id").GetInt64()));
            after = page.TryGetProperty("next", out var next) ? next.GetInt64() : null;
        }
        Assert.Equal((5, 5), (seen.Count, seen.Distinct().Count()));
        foreach (var client in clients)
            client.Dispose();
    }

    [Fact]
    public async Task Bad_questions_get_clear_answers()
    {
        await using var lab = await AdminLab.StartAsync();
        await RefusesAsync("/api/sessions?state=sleeping", 400, "\"sleeping\" is no state");
        await RefusesAsync("/api/explain?destination=nowhere", 400, "\"nowhere\" is not HOST:PORT");
        await RefusesAsync("/api/explain?destination=a.example:1&from=me", 400, "\"me\" is not an address");
        await RefusesAsync("/api/explain?destination=a.example:1&command=fly", 400, "\"fly\" is no command");
        await RefusesAsync("/api/sessions?node=g7", 404, "no gateway of that name");
        Assert.Equal(404, (await lab.GetAsync("/api/nothing")).Code);
        Assert.Equal(400, (await lab.GetAsync("/api/sessions?after=x")).Code);

        async Task RefusesAsync(string path, int expected, string why)
        {
            var (code, body) = await lab.GetAsync(path);
            Assert.Equal(expected, code);
            Assert.Contains(why, body.GetProperty("error").GetString());
        }
    }

    [Fact]
    public async Task Explain_says_what_the_rules_say()
    {
        await using var lab = await AdminLab.StartAsync("""
            routes = [{ to = "192.0.2.0/24", via = reject }, { to = any, via = direct }]
            """);
        var allowed = await lab.OwnAsync("/api/explain?destination=www.example:443&from=198.51.100.7");
        Assert.Equal((true, "direct", 1), (allowed.GetProperty("allowed").GetBoolean(), allowed.GetProperty("via").GetString(), allowed.GetProperty("route").GetInt32()));
        var refused = await lab.OwnAsync("/api/explain?destination=192.0.2.7:443");
        Assert.Equal((false, 2, 0), (refused.GetProperty("allowed").GetBoolean(), refused.GetProperty("reply").GetInt32(), refused.GetProperty("route").GetInt32()));
    }

    [Fact]
    public async Task A_session_is_closed_and_draining_goes_there_and_back()
    {
        await using var lab = await AdminLab.StartAsync("listeners = [{ address = \"127.82.7.2:0\" }]");
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await lab.ConnectAsync();
        await socks.AskAsync(SocksCommand.Connect, echo.Endpoint);
        var id = (await lab.OwnAsync("/api/sessions")).GetProperty("sessions")[0].GetProperty("id").GetInt64();

        var (code, body) = await lab.PostAsync("/api/drain");
        Assert.Equal((200, "takes no new clients"), (code, body.GetProperty("nodes")[0].GetProperty("done").GetString()));
        await Assert.ThrowsAsync<SocketException>(lab.ConnectAsync);
        Assert.True((await lab.OwnAsync("/api/gateways")).GetProperty("draining").GetBoolean());
        Assert.Equal(200, (await lab.PostAsync("/api/undrain")).Code);
        using var other = await lab.ConnectAsync();

        Assert.Equal(200, (await lab.PostAsync($"/api/sessions/{id}/close")).Code);
        Assert.True(await socks.Socket.IsResetAsync());
        var (again, answer) = await lab.PostAsync($"/api/sessions/{id}/close");
        Assert.Equal((409, $"there is no session {id}"), (again, answer.GetProperty("nodes")[0].GetProperty("error").GetString()));
        Assert.Equal(400, (await lab.PostAsync($"/api/sessions/{id}/close?node=*")).Code);
    }

    [Fact]
    public async Task Settings_are_read_again_and_bad_ones_change_nothing()
    {
        await using var lab = await AdminLab.StartAsync();
        lab.Settings = "routes = [{ to = any, via = reject }]";
        var (code, body) = await lab.PostAsync("/api/reload");
        Assert.Equal(200, code);
        Assert.Contains("socks64.routes", body.GetProperty("nodes")[0].GetProperty("changes")[0].GetString());
        Assert.Equal("reject", (await lab.OwnAsync("/api/routes")).GetProperty("routes")[0].GetProperty("via").GetString());

        lab.Settings = "rutes = []";
        (code, body) = await lab.PostAsync("/api/reload");
        Assert.Equal(409, code);
        Assert.Contains("did you mean \"routes\"", body.GetProperty("nodes")[0].GetProperty("problems")[0].GetString());
        Assert.Equal("reject", (await lab.OwnAsync("/api/routes")).GetProperty("routes")[0].GetProperty("via").GetString());
    }

    [Theory]
    [InlineData("/api/drain")]
    [InlineData("/api/undrain")]
    [InlineData("/api/reload")]
    [InlineData("/api/sessions/1/close")]
    [InlineData("/api/gateways/g1/eject")]
    [InlineData("/api/gateways/g1/restore")]
    [InlineData("/login")]
    [InlineData("/logout")]
    public async Task Nothing_is_done_by_get(string path)
    {
        await using var lab = await AdminLab.StartAsync();
        Assert.Equal(405, (await lab.GetAsync(path)).Code);
        Assert.False(lab.Gateway.Doorkeeper.IsDraining);
    }

    [Fact]
    public async Task The_description_names_every_route()
    {
        await using var lab = await AdminLab.StartAsync();
        var (code, document) = await lab.GetAsync("/api/openapi.json");
        Assert.Equal(200, code);
        Assert.StartsWith("3.", document.GetProperty("openapi").GetString());
        var paths = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name} {path.Name}")).Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "get /api/address-ids", "get /api/associations", "get /api/chains", "get /api/cluster", "get /api/events", "get /api/events/recent",
                "get /api/explain", "get /api/flows", "get /api/gateways", "get /api/pulse", "get /api/routes", "get /api/sessions",
                "post /api/drain", "post /api/gateways/{name}/eject", "post /api/gateways/{name}/restore", "post /api/reload", "post /api/sessions/{id}/close", "post /api/undrain",
            ],
            paths);
        var session = document.GetProperty("components").GetProperty("schemas").GetProperty("SessionJson").GetProperty("properties");
        Assert.True(session.TryGetProperty("setup_ms", out _));
    }

    [Theory]
    [InlineData("cluster"), InlineData("pulse"), InlineData("gateways"), InlineData("chains"), InlineData("routes"), InlineData("sessions"), InlineData("flows")]
    [InlineData("associations"), InlineData("address-ids"), InlineData("events/recent"), InlineData("explain?destination=www.example:443")]
    [InlineData("explain?destination=nonsense"), InlineData("sessions?state=asleep"), InlineData("routes?node=nobody")]
    public async Task Answers_are_as_the_description_says(string list)
    {
        await using var lab = await AdminLab.StartAsync("chains.far.hops = [{ gateways = [there] }], gateways.there.address = \"192.0.2.1:1080\"");
        using var client = await lab.ConnectAsync();
        await lab.PostAsync("/api/drain");
        var (_, document) = await lab.GetAsync("/api/openapi.json");
        var (code, answer) = await lab.GetAsync($"/api/{list}");
        var response = document.GetProperty("paths").GetProperty($"/api/{list.Split('?')[0]}").GetProperty("get").GetProperty("responses").GetProperty($"{code}");
        Compare(response.GetProperty("content").GetProperty("application/json").GetProperty("schema"), answer, list);

        void Compare(JsonElement schema, JsonElement value, string path)
        {
            // A part that may be null is one of two.
            if (schema.TryGetProperty("oneOf", out var ways))
                schema = ways.EnumerateArray().Last();
            if (schema.TryGetProperty("$ref", out var reference))
                schema = document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
            if (value.ValueKind == JsonValueKind.Array)
                foreach (var item in value.EnumerateArray())
                    Compare(schema.GetProperty("items"), item, $"{path}[]");
            if (value.ValueKind != JsonValueKind.Object || schema.TryGetProperty("additionalProperties", out _))
                return;
            if (schema.TryGetProperty("required", out var required))
                Assert.All(required.EnumerateArray(), name => Assert.True(value.TryGetProperty(name.GetString()!, out _), $"{path} has no {name}"));
            foreach (var part in value.EnumerateObject())
            {
                Assert.True(schema.GetProperty("properties").TryGetProperty(part.Name, out var described), $"{path}.{part.Name} is not described");
                Compare(described, part.Value, $"{path}.{part.Name}");
            }
        }
    }

    [Fact]
    public async Task Events_arrive_as_they_happen_and_a_reader_goes_on_where_it_was()
    {
        await using var lab = await AdminLab.StartAsync();
        using var answer = await lab.SendRawAsync(HttpMethod.Get, "/api/events", null);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await lab.PostAsync("/api/drain");
        var (first, id) = await NextAsync(reader);
        Assert.Equal(("draining", "g1"), (first.GetProperty("kind").GetString(), first.GetProperty("node").GetString()));
        await lab.PostAsync("/api/undrain");
        Assert.Equal("undrained", (await NextAsync(reader)).News.GetProperty("kind").GetString());

        using var later = await lab.SendRawAsync(HttpMethod.Get, "/api/events", null, ("Last-Event-ID", id));
        using var again = new StreamReader(await later.Content.ReadAsStreamAsync());
        Assert.Equal("undrained", (await NextAsync(again)).News.GetProperty("kind").GetString());

        Assert.Equal(400, (await lab.GetAsync("/api/events?after=17")).Code);
        Assert.Equal(404, (await lab.GetAsync("/api/events?node=nobody")).Code);
    }

    private static async Task<(JsonElement News, string Id)> NextAsync(StreamReader reader)
    {
        var id = "";
        while (await reader.ReadLineAsync().WaitAsync(Eventually.Patience) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = line["id: ".Length..];
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return (JsonDocument.Parse(line["data: ".Length..]).RootElement, id);
        }
        throw new EndOfStreamException();
    }
}
