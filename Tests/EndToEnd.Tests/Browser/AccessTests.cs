using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Socks64Actors.EndToEnd.Tests.Browser;

/// <summary>The dashboard for everybody: without a mouse, on a phone, with a screen reader, without motion.</summary>
public sealed class AccessTests(DashboardLab lab) : IClassFixture<DashboardLab>
{
    private static readonly string[] Views = ["overview", "gateways", "sessions", "events", "explain"];

    /// <summary>Colours do not depend on the width, and looking takes seconds: each of both is seen once.</summary>
    [BrowserTheory]
    [InlineData(ColorScheme.Light, false), InlineData(ColorScheme.Dark, true)]
    public async Task No_view_breaks_a_rule_of_wcag_2_aa(ColorScheme colours, bool isPhone)
    {
        await using var page = await OpenAsync(new() { ColorScheme = colours, ViewportSize = isPhone ? Sizes.Phone : Sizes.Desktop });
        foreach (var view in Views)
        {
            await ShowAsync(page, view);
            await IsAccessibleAsync(page, view);
        }
        await page.GoAsync("overview");
        await page.Node("r1").ClickAsync();
        await Expect(page["[aria-label=Details]"]).ToContainTextAsync("Gateway r1");
        await IsAccessibleAsync(page, "details");
        await page.Button("Drain").ClickAsync();
        await IsAccessibleAsync(page, "question");
        await page.Page.Keyboard.PressAsync("Escape");
        page.IsClean();
    }

    [BrowserFact]
    public async Task No_view_is_wider_than_a_phone()
    {
        await using var page = await OpenAsync(new() { ViewportSize = Sizes.Phone, HasTouch = true, IsMobile = true });
        foreach (var view in Views)
        {
            await ShowAsync(page, view);
            Assert.True(await page.OverhangAsync() <= 0, $"{view} stands out by {await page.OverhangAsync()}");
        }
        page.IsClean();
    }

    [BrowserFact]
    public async Task The_keyboard_reaches_everything_and_shows_where_it_is()
    {
        await using var page = await OpenAsync(new());
        await Expect(page["#figures"]).ToContainTextAsync("5 of 5");
        var keys = page.Page.Keyboard;
        await keys.PressAsync("Tab");
        await Expect(page[".skip"]).ToBeFocusedAsync();
        foreach (var view in Views)
        {
            await keys.PressAsync("Tab");
            await Expect(page[$"#tabs a[href='#{view}']"]).ToBeFocusedAsync();
            await HasVisibleFocusAsync(page);
        }
        await keys.PressAsync("Tab");
        await Expect(page["#theme"]).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await Expect(page.Node("e1")).ToBeFocusedAsync();
        await Expect(page["#tip"]).ToContainTextAsync("Gateway e1");
        await keys.PressAsync("ArrowRight");
        Assert.Equal("leg", await page.Page.EvaluateAsync<string>("document.activeElement.dataset.kind"));
        for (var step = 0; step < 20 && await page.Page.EvaluateAsync<string>("document.activeElement.dataset.kind") != "node"; step++)
            await keys.PressAsync("ArrowRight");
        var reached = await page.Page.EvaluateAsync<string>("document.activeElement.dataset.key");
        Assert.Matches("^[rx][12]$", reached);
        await keys.PressAsync("Enter");
        await Expect(page["[aria-label=Details]"]).ToContainTextAsync($"Gateway {reached}");

        // Drained, and taken back: without the mouse.
        await TabToAsync(page, "button", "Drain");
        await HasVisibleFocusAsync(page);
        await keys.PressAsync("Enter");
        await Expect(page["dialog"]).ToBeVisibleAsync();
        await TabToAsync(page, "button", "Cancel");
        await keys.PressAsync("Enter");
        await Expect(page["dialog"]).ToHaveCountAsync(0);
        await TabToAsync(page, "button", "Drain");
        await keys.PressAsync("Escape");
        await Expect(page["[aria-label=Details]"]).ToBeHiddenAsync();
        await Expect(page.Node(reached)).ToBeFocusedAsync();

        // A session: found, followed, and its closing refused.
        await page.Page.EvaluateAsync("document.querySelector('.skip').focus()");
        await TabToAsync(page, "a", "Sessions");
        await keys.PressAsync("Enter");
        await Expect(page["tbody tr"].First).ToBeVisibleAsync();
        await TabToAsync(page, "tbody .link-like", null);
        await HasVisibleFocusAsync(page);
        await keys.PressAsync("Enter");
        await Expect(page["[aria-label='The session followed']"]).ToBeFocusedAsync();
        await TabToAsync(page, "button", "Close session");
        await keys.PressAsync("Enter");
        await Expect(page["dialog"]).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(page["dialog"]).ToHaveCountAsync(0);
        page.IsClean();
    }

    [BrowserFact]
    public async Task Nothing_moves_for_those_who_want_no_motion()
    {
        await using var still = await OpenAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await ShowAsync(still, "overview");
        Assert.Equal(0, await MovingAsync(still));
        await using var usual = await OpenAsync(new());
        await ShowAsync(usual, "overview");
        Assert.NotEqual(0, await MovingAsync(usual));
    }

    private static Task<int> MovingAsync(WatchedPage page) => page.Page.EvaluateAsync<int>(
        "[...document.querySelectorAll('*')].map(getComputedStyle).filter(style => style.animationName !== 'none' || style.transitionDuration.split(', ').some(each => parseFloat(each) > 0)).length");

    private static async Task TabToAsync(WatchedPage page, string selector, string? words)
    {
        for (var step = 0; step < 60; step++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            if (await page.Page.EvaluateAsync<bool>("([selector, words]) => document.activeElement.matches(selector) && (!words || document.activeElement.textContent === words)", new[] { selector, words }))
                return;
        }
        Assert.Fail($"the Tab key does not come to {selector} {words}");
    }

    private static async Task HasVisibleFocusAsync(WatchedPage page) => Assert.True(await page.Page.EvaluateAsync<bool>(
        "(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)(getComputedStyle(document.activeElement))"));

    private static async Task IsAccessibleAsync(WatchedPage page, string what)
    {
        var found = await page.Page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } });
        Assert.True(found.Violations.Length == 0, $"{what}: {string.Join("\n", found.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {node.Html}: {string.Join("; ", node.Any.Select(check => check.Message))}")))}");
    }

    /// <summary>With what the gateways tell in it.</summary>
    private static async Task ShowAsync(WatchedPage page, string view)
    {
        await page.GoAsync(view);
        await Expect(page["#figures"]).ToContainTextAsync("5 of 5");
        await Expect(page["main"]).ToContainTextAsync(new Regex(view switch { "overview" => "clients", "gateways" => "a way stands", "sessions" => "relaying", "events" => "member-up", _ => "Routes of e1" }));
    }

    private Task<WatchedPage> OpenAsync(BrowserNewContextOptions options) => lab.Browser.OpenAsync(lab.Cluster.Door("e1"), options);
}
