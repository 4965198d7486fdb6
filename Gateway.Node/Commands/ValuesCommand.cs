using System.CommandLine;
using System.CommandLine.Parsing;
using Gateway.Actors.Settings;

namespace Gateway.Node.Commands;

/// <summary>
/// <c>socks64 values</c>: what stands below a key of the user's own, a line for each value, for scripts that share the settings files:
/// <c>FILE:LINE⇥KEY⇥VALUE</c>.
/// </summary>
internal static class ValuesCommand
{
    private static readonly Argument<string> Key = new("key")
    {
        Description = "A key of your own that stands beside socks64 and akka in the files.",
        CustomParser = ParseKey,
    };

    public static Command Create()
    {
        var command = new Command("values", "Print the values below a key of your own, for scripts: FILE:LINE, key and value, with tabs between.") { Key };
        command.SetAction(Print);
        return command;
    }

    private static int Print(ParseResult parsed)
    {
        var key = parsed.GetValue(Key)!;
        var own = OwnValues.Load(parsed.GetValue(SettingsOption.Files) ?? [], key);
        foreach (var problem in own.Problems)
            Console.Error.WriteLine(problem);
        if (own.Problems.Count == 0 && own.Values.Count == 0)
            Console.Error.WriteLine($"{key}: no file has a value below this key");
        foreach (var value in own.Values)
            Console.Out.WriteLine($"{value.Where}\t{value.Key}\t{OneLine(value.Text)}");
        return own.Problems.Count == 0 && own.Values.Count > 0 ? ExitCode.Success : ExitCode.Settings;
    }

    /// <summary>A script reads lines and fields, so what would end them is written as C writes it.</summary>
    private static string OneLine(string text) => text.Replace("\\", @"\\").Replace("\n", @"\n").Replace("\r", @"\r").Replace("\t", @"\t");

    private static string ParseKey(ArgumentResult result)
    {
        var key = result.Tokens[0].Value;
        if (!OwnValues.MayBeRead(key))
            result.AddError($"\"{key}\" is the gateway's own, and may hold secrets; \"socks64 check\" and \"socks64 explain\" say what it means");
        return key;
    }
}
