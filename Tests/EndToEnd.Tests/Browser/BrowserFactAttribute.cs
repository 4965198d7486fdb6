using Socks64Actors.EndToEnd.Tests.Lab;

namespace Socks64Actors.EndToEnd.Tests.Browser;

/// <summary>A test in Chromium; skipped with its reason where the browser or the program that steers it is missing.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        Skip = BrowserSupport.WhyNot;
    }
}

/// <summary>A theory in Chromium; skips as <see cref="BrowserFactAttribute"/> does.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute()
    {
        Skip = BrowserSupport.WhyNot;
    }
}

internal static class BrowserSupport
{
    /// <summary>What this machine lacks for these tests; null when it has all.</summary>
    public static string? WhyNot { get; } = Tools.WhyNot(["chromium"]) ?? (HasDriver ? null : "needs the driver of Microsoft.Playwright, which this build has none of");

    private static bool HasDriver => Directory.Exists(Path.Combine(AppContext.BaseDirectory, ".playwright", "node"));
}
