using System.CommandLine;
using Gateway.Actors.Settings;

namespace Gateway.Node.Commands;

/// <summary>The option that every command which needs settings shares.</summary>
internal static class SettingsOption
{
    public static Option<string[]> Files { get; } = new("--config", "-c")
    {
        Description = "Settings files, read as one; what a later one says holds. Without any: 127.0.0.1:1080 and [::1]:1080, open to this machine.",
        HelpName = "FILE",
        Recursive = true,
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    /// <summary>Loads them.</summary>
    public static LoadedSettings Read(ParseResult parsed) => SettingsLoader.Load(parsed.GetValue(Files) ?? []);

    /// <summary>Loads them, and prints what is wrong with them.</summary>
    public static LoadedSettings Load(ParseResult parsed)
    {
        var loaded = Read(parsed);
        foreach (var problem in loaded.Problems)
            Console.Error.WriteLine(problem);
        return loaded;
    }
}
