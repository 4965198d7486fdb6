using System.Diagnostics;
using System.Text.RegularExpressions;
using Gateway.Protocol;
using Microsoft.Playwright;
using Socks64Actors.EndToEnd.Tests.Operator;
using Testing;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace Socks64Actors.EndToEnd.Tests.Browser;

/// <summary>What an operator sees and does at the page of one gateway of a live cluster.</summary>
public sealed class DashboardTests(DashboardLab lab, ITestOutputHelper output) : IClassFixture<DashboardLab>
{
    [BrowserFact]
    public async Task The_map_shows_gateways_and_which_leg_speaks_which_family()
    {
        await using var page = await OpenAsync();
        foreach (var name in (string[])["e1", "r1", "r2", "x1", "x2"])
            await Expect(page.Node(name)).ToHaveAttributeAsync("data-state", "up");
        await Expect(page.Leg(null, "e1", "ipv4")).ToHaveClassAsync(new Regex("flowing"));
        await Expect(page[".map .leg.ipv6.flowing[data-key^='e1>r']"].First).ToBeVisibleAsync();
        foreach (var relay in (string[])["r1", "r2"])
        {
            await Expect(page.Leg("e1", relay, "ipv6")).ToHaveClassAsync(new Regex("ipv6"));
            await Expect(page.Leg(relay, "x1", "ipv4")).ToHaveClassAsync(new Regex("ipv4"));
        }
        await Expect(page["#figures"]).ToContainTextAsync("5 of 5");
        await Expect(page["[aria-label='Needs attention']"]).ToContainTextAsync("Nothing. All gateways are up");
        page.IsClean();
    }

    /// <summary>A machine that is busy with something else may be late once, but not every time.</summary>
    [BrowserFact]
    public async Task A_killed_gateway_shows_within_two_seconds_and_is_well_again_when_it_is_back()
    {
        await using var page = await OpenAsync();
        var took = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < 3 && took > TimeSpan.FromSeconds(2); attempt++)
        {
            await Expect(page.Node("r2")).ToHaveAttributeAsync("data-state", "up");
            var clock = Stopwatch.StartNew();
            lab.Cluster.Kill("r2");
            await page[".map [data-key=r2]:is([data-state=silent], [data-state=unreachable])"].WaitForAsync(new() { Timeout = 30_000 });
            took = clock.Elapsed;
            output.WriteLine($"shown after {took.TotalSeconds:0.00} s");
            await Expect(page["[aria-label='Needs attention']"]).ToContainTextAsync("r2");
            await Expect(page["#figures"]).ToContainTextAsync("4 of 5");
            await lab.Cluster.StartAsync("r2");
            await lab.Cluster.HasMembersAsync(5);
        }
        Assert.True(took <= TimeSpan.FromSeconds(2), $"it showed after {took}");
        await Expect(page.Node("r2")).ToHaveAttributeAsync("data-state", "up");
        await Expect(page["[aria-label='Latest events']"]).ToContainTextAsync("r2");
        page.IsClean();
    }

    [BrowserFact]
    public async Task A_session_is_followed_from_its_client_to_its_destination()
    {
        await using var page = await OpenAsync("sessions");
        await page["tbody tr", "[::1]"].First.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Follow session") }).ClickAsync();
        var stages = page[".stages > li"];
        await Expect(stages).ToHaveCountAsync(5);
        await Expect(stages.Nth(0)).ToContainTextAsync("127.0.0.1:");
        await Expect(stages.Nth(1)).ToContainTextAsync("e1");
        await Expect(stages.Nth(2)).ToContainTextAsync(new Regex(@"r[12].*\[::1\]:\d+, answered after .*session \d+ there: relaying", RegexOptions.Singleline));
        await Expect(stages.Nth(3)).ToContainTextAsync(new Regex(@"x[12].*session \d+ there: relaying", RegexOptions.Singleline));
        await Expect(stages.Nth(4)).ToContainTextAsync(lab.Sessions.Destinations[1].ToString());
        Assert.Equal(["v4", "v6", "v4", "v6"], await page[".stages .fam"].AllTextContentsAsync());
        await Expect(page["tr[aria-selected=true]"]).ToHaveCountAsync(1);

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Show on the map" }).ClickAsync();
        await Expect(page[".map .leg.followed"]).ToHaveCountAsync(4);
        await Expect(page.Leg(null, "e1", "ipv4")).ToHaveClassAsync(new Regex("followed"));
        await page.Button("Show all").ClickAsync();
        await Expect(page[".map .leg.followed"]).ToHaveCountAsync(0);
        page.IsClean();
    }

    [BrowserFact]
    public async Task Sessions_are_filtered_by_text_gateway_and_family()
    {
        await using var page = await OpenAsync("sessions");
        var rows = page["tbody tr"];
        await page.Field("At gateway").SelectOptionAsync("e1");
        await Expect(rows).ToHaveCountAsync(8);
        await page.Field("Text").FillAsync(lab.Sessions.Destinations[1].ToString());
        await Expect(rows).ToHaveCountAsync(4);
        await page.Field("Text").FillAsync("nobody.example");
        await Expect(page[".empty"]).ToHaveTextAsync("No live session matches.");
        await page.Field("Text").FillAsync("");
        await page.Field("Route").SelectOptionAsync("direct");
        await Expect(rows).ToHaveCountAsync(0);
        await page.Field("Route").SelectOptionAsync("lab");
        await Expect(rows).ToHaveCountAsync(8);
        page.IsClean();
    }

    [BrowserFact]
    public async Task A_closed_session_is_gone_and_a_question_comes_before()
    {
        using var client = await SocksTestClient.ConnectAsync(lab.Cluster.Socks("e1"));
        Assert.Equal(ReplyCode.Succeeded, (await client.AskAsync(SocksCommand.Connect, lab.Sessions.Destinations[0])).Code);
        await using var page = await OpenAsync("sessions");
        await page.Field("Text").FillAsync(LiveSessions.AddressOf(client));
        await Expect(page["tbody tr"]).ToHaveCountAsync(1);
        var close = page["tbody tr"].First.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Close session") });
        var name = await close.GetAttributeAsync("aria-label");
        await close.ClickAsync();
        await page["dialog button[value=no]"].ClickAsync();
        await client.EchoAsync([1, 2, 3]);
        await page.Button(name!).ClickAsync();
        await page["dialog button[value=yes]"].ClickAsync();
        await Expect(page["#said"]).ToContainTextAsync("is closed");
        Assert.True(await client.Socket.IsResetAsync());
        await Expect(page["tbody tr"]).ToHaveCountAsync(0);
        await page.GoAsync("events");
        await Expect(page[".events"]).ToContainTextAsync("session-closed");
        page.IsClean();
    }

    [BrowserFact]
    public async Task A_destination_is_explained_as_the_gateway_that_is_asked_would_treat_it()
    {
        await using var page = await OpenAsync("explain");
        await page.Field("Destination").FillAsync("[2001:db8::1]:443");
        await page.Page.Keyboard.PressAsync("Enter");
        var answer = page["[aria-label='Explain a request'] .body"];
        await Expect(answer).ToContainTextAsync(new Regex(@"allowed.*\[2001:db8::1\]:443 via lab at e1.*Chain lab: a way stands", RegexOptions.Singleline));
        await Expect(page["tr.match"]).ToContainTextAsync("to any via lab");
        await page.Field("Destination").FillAsync("192.0.2.7:443");
        await page.Field("At gateway").SelectOptionAsync("x1");
        await page.Button("Explain").ClickAsync();
        await Expect(answer).ToContainTextAsync("refused, reply 2");
        await page.Field("Destination").FillAsync("nowhere");
        await page.Button("Explain").ClickAsync();
        await Expect(answer).ToContainTextAsync("\"nowhere\" is not HOST:PORT");
        page.IsClean();
    }

    [BrowserFact]
    public async Task A_gateway_is_drained_and_undrained_and_the_map_and_the_events_say_so()
    {
        await using var page = await OpenAsync();
        await page.Node("x2").ClickAsync();
        var detail = page["[aria-label=Details]"];
        await Expect(detail).ToContainTextAsync("Gateway x2");
        await detail.GetByRole(AriaRole.Button, new() { Name = "Drain" }).ClickAsync();
        await page["dialog button[value=yes]"].ClickAsync();
        await Expect(page.Node("x2")).ToHaveAttributeAsync("data-state", "draining");
        await Expect(page["[aria-label='Needs attention']"]).ToContainTextAsync("x2 drains");
        await page.GoAsync("gateways");
        await page.Button("Undrain x2").ClickAsync();
        await page["dialog button[value=yes]"].ClickAsync();
        await Expect(page.Button("Drain x2")).ToBeVisibleAsync();
        await page.GoAsync("events");
        await Expect(page["[data-kind=undrained], [data-kind=member-undrained]"].First).ToContainTextAsync("x2");
        page.IsClean();
    }

    [BrowserFact]
    public async Task A_gateway_is_ejected_from_all_chains_and_restored()
    {
        await using var page = await OpenAsync("gateways");
        await page.Button("Eject x1").ClickAsync();
        await page["dialog button[value=yes]"].ClickAsync();
        await Expect(page["tr", "x1"].First).ToContainTextAsync("out of the chains of e1, r1, r2, x1, x2");
        await page.GoAsync("overview");
        await Expect(page.Node("x1")).ToHaveClassAsync(new Regex("ejected"));
        await Expect(page["[aria-label='Latest events']"]).ToContainTextAsync("server-ejected");
        await page.Node("x1").ClickAsync();
        await page.Button("Restore").ClickAsync();
        await page["dialog button[value=yes]"].ClickAsync();
        await Expect(page.Node("x1")).Not.ToHaveClassAsync(new Regex("ejected"));
        page.IsClean();
    }

    private async Task<WatchedPage> OpenAsync(string view = "overview") =>
        await lab.Browser.OpenAsync(new Uri(lab.Cluster.Door("e1"), $"#{view}"));
}
