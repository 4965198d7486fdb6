using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Socks64Actors.EndToEnd.Tests.Browser;

/// <summary>The dashboard in a tab. What the page does that it must not do is written down.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    /// <summary>Chromium's own words for an answer of 400 and up and for a connection that fails: some tests are about these.</summary>
    private const string NotLoaded = "Failed to load resource";

    private readonly ConcurrentQueue<string> _wrong = new();

    private WatchedPage(IPage page, Uri address)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.StartsWith(NotLoaded, StringComparison.Ordinal))
                _wrong.Enqueue($"console {message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => _wrong.Enqueue($"exception: {error}");
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url).Authority != address.Authority)
                _wrong.Enqueue($"a request to {request.Url}");
        };
    }

    public IPage Page { get; }

    public static async Task<WatchedPage> OpenAsync(IPage page, Uri address)
    {
        var watched = new WatchedPage(page, address);
        await page.GotoAsync(address.ToString());
        return watched;
    }

    public ILocator this[string selector] => Page.Locator(selector);

    public ILocator this[string selector, string text] => Page.Locator(selector).Filter(new() { HasText = text });

    /// <summary>A gateway on the map.</summary>
    public ILocator Node(string name) => Page.Locator($".map [data-kind=node][data-key=\"{name}\"]");

    /// <summary>A leg on the map; null ends are clients and destinations.</summary>
    public ILocator Leg(string? from, string? to, string family) => Page.Locator($".map [data-kind=leg][data-key=\"{from}>{to}>{family}\"]");

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Field(string label) => Page.Locator("label.field").Filter(new() { Has = Page.Locator("> span", new() { HasTextString = label }) }).Locator("input, select");

    /// <summary>Opens a view: overview, gateways, sessions, events, explain.</summary>
    public async Task GoAsync(string view)
    {
        await Page.Locator($"#tabs a[href=\"#{view}\"]").ClickAsync();
        await Assertions.Expect(Page.Locator("#tabs a[aria-current=page]")).ToHaveAttributeAsync("href", $"#{view}");
    }

    /// <summary>No error of its scripts, nothing that its content security policy forbids, no request to anybody else.</summary>
    public void IsClean() => Assert.Empty(_wrong);

    /// <summary>How far the page stands out to the right of the window, CSS pixels.</summary>
    public Task<int> OverhangAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
