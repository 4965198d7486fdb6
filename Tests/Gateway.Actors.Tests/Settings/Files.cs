using Gateway.Actors.Settings;

namespace Gateway.Actors.Tests.Settings;

/// <summary>Settings files that exist only in a test.</summary>
internal static class Files
{
    /// <summary>Loads <c>gateway.conf</c> with this text, beside other files by name.</summary>
    public static LoadedSettings Load(string text, params (string Name, string Text)[] others)
    {
        var files = others.Append(("gateway.conf", text)).ToDictionary(file => file.Item1, file => file.Item2);
        return SettingsLoader.Load(["gateway.conf"], files.GetValueOrDefault);
    }

    /// <summary>The problems as the user reads them.</summary>
    public static string[] Problems(string text, params (string Name, string Text)[] others) =>
        [.. Load(text, others).Problems.Select(problem => problem.ToString())];

    /// <summary>The settings, which must be without a problem.</summary>
    public static GatewaySettings Read(string text, params (string Name, string Text)[] others)
    {
        var loaded = Load(text, others);
        Assert.Empty(loaded.Problems);
        return loaded.Settings;
    }
}
