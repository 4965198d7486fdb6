using Microsoft.Playwright;

namespace Socks64Actors.EndToEnd.Tests.Browser;

/// <summary>What the dashboard is looked at through, CSS pixels.</summary>
internal static class Sizes
{
    public static ViewportSize Desktop => new() { Width = 1440, Height = 900 };

    public static ViewportSize Phone => new() { Width = 390, Height = 844 };
}
