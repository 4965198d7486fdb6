using System.Text.RegularExpressions;
using Socks64Actors.EndToEnd.Tests.Operator;
using static Microsoft.Playwright.Assertions;

namespace Socks64Actors.EndToEnd.Tests.Browser;

/// <summary>The page of a gateway that asks for a token, and of one that ends.</summary>
public sealed class DoorTests
{
    [BrowserFact]
    public async Task A_wrong_token_is_refused_and_the_right_one_lets_in_until_the_operator_leaves()
    {
        await using var cluster = await LoopbackCluster.StartAsync(["e1"], _ => "socks64.admin.token = \"the right token of the door\"");
        await using var browser = await Chromium.StartAsync();
        await using var page = await browser.OpenAsync(cluster.Door("e1"));
        var dialog = page["dialog"];
        await Expect(dialog).ToContainTextAsync("This gateway asks for its token");
        await Expect(page["main"]).ToBeHiddenAsync();
        await page["#token"].FillAsync("a wrong token");
        await page.Button("Log in").ClickAsync();
        await Expect(dialog).ToContainTextAsync("That is not the token of this gateway.");
        await page["#token"].FillAsync("the right token of the door");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.Node("e1")).ToHaveAttributeAsync("data-state", new Regex("."));
        await page.Page.ReloadAsync();
        await Expect(page.Node("e1")).ToBeVisibleAsync();
        await page.Button("Log out").ClickAsync();
        await Expect(page["dialog"]).ToBeVisibleAsync();
        page.IsClean();
    }

    [BrowserFact]
    public async Task A_gateway_that_answers_no_more_is_said_to_and_the_page_goes_on_when_it_is_back()
    {
        await using var cluster = await LoopbackCluster.StartAsync(["e1"]);
        await using var browser = await Chromium.StartAsync();
        await using var page = await browser.OpenAsync(cluster.Door("e1"));
        await Expect(page["#link"]).ToHaveTextAsync("live");
        cluster.Kill("e1");
        await Expect(page["#gone"]).ToContainTextAsync(new Regex("^No answer from e1 at 127"));
        await cluster.StartAsync("e1");
        await Expect(page["#link"]).ToHaveTextAsync("live");
        await Expect(page["#gone"]).ToBeHiddenAsync();
        page.IsClean();
    }
}
