using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Socks64Actors.EndToEnd.Tests.Operator;
using static Microsoft.Playwright.Assertions;

namespace Socks64Actors.EndToEnd.Tests.Browser;

/// <summary>A test that <c>scripts/pictures.sh</c> runs for what it leaves behind; in every other run it is skipped.</summary>
public sealed class PicturesFactAttribute : FactAttribute
{
    public PicturesFactAttribute()
    {
        Skip = BrowserSupport.WhyNot ?? (PicturesTests.Folder is null ? "makes pictures: scripts/pictures.sh" : null);
    }
}

/// <summary>The pictures of the documentation: seven gateways as in <c>hocon/lab.conf</c>, with clients through all of them.</summary>
public sealed class PicturesTests
{
    /// <summary>Where the pictures go.</summary>
    public static string? Folder { get; } = Environment.GetEnvironmentVariable("SOCKS64_PICTURES");

    /// <summary>The plots show a minute.</summary>
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(65);

    private const int Waves = 20;

    [PicturesFact]
    public async Task Pictures_show_a_cluster_at_work_and_one_that_lost_a_gateway()
    {
        await using var cluster = await LoopbackCluster.StartAsync(["e1", "e2", "r1", "r2", "r3", "x1", "x2"]);
        await using var sessions = new LiveSessions();
        await using var browser = await Chromium.StartAsync();
        await using var light = await browser.OpenAsync(cluster.Door("e1"), new() { ColorScheme = ColorScheme.Light });
        await using var dark = await browser.OpenAsync(cluster.Door("e1"), new() { ColorScheme = ColorScheme.Dark });
        await using var phone = await browser.OpenAsync(cluster.Door("e1"), new() { ColorScheme = ColorScheme.Light, ViewportSize = Sizes.Phone, IsMobile = true, HasTouch = true });
        // More of them from time to time, and of different weight, so that lines are no rulers.
        for (var wave = 0; wave < Waves; wave++)
        {
            await sessions.AddAsync(cluster.Socks(wave % 3 == 0 ? "e2" : "e1"), 2, octets: 2000 << wave % 5);
            await Task.Delay(Minute / Waves);
        }
        await TakeAsync(light, "overview");
        await TakeAsync(dark, "overview-dark");
        await TakeAsync(phone, "overview-phone");

        await light.GoAsync("sessions");
        await light["tbody tr"].Filter(new() { HasText = "lab e1" }).Or(light["tbody tr", "lab"]).First.GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(light[".stages > li"]).ToHaveCountAsync(5);
        await Expect(light[".stages"]).ToContainTextAsync("there: relaying");
        await TakeAsync(light, "session");
        await phone.GoAsync("sessions");
        await Expect(phone["tbody tr"].First).ToBeVisibleAsync();
        await TakeAsync(phone, "sessions-phone");
        await dark.GoAsync("gateways");
        await TakeAsync(dark, "gateways-dark");

        await light.GoAsync("overview");
        cluster.Kill("r2");
        await Expect(light.Node("r2")).ToHaveAttributeAsync("data-state", "unreachable");
        foreach (var entry in (string[])["e1", "e2"])
            await Expect(light.Leg(entry, "r2", "ipv6")).ToHaveClassAsync(new Regex("out"));
        await TakeAsync(light, "killed");
    }

    private static async Task TakeAsync(WatchedPage page, string name)
    {
        await page.Page.Mouse.MoveAsync(0, 0);
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, $"{name}.png") });
        page.IsClean();
    }
}
