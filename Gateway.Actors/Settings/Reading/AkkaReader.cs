using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Actors.Settings.Reading;

/// <summary>
/// The user's <c>akka</c> settings: judged against the reference configuration of the engine that is running, and written out anew,
/// with substitutions resolved and everything in quotes, because Akka's own parser knows no environment.
/// </summary>
internal static partial class AkkaReader
{
    public static AkkaSection Read(ReadingContext context, SettingsSection top)
    {
        var node = top.Raw("akka");
        if (node is null)
            return new() { Hocon = new("") };
        if (node.Fields is null)
        {
            context.Report("akka", "expected an object: { … }");
            return new() { Hocon = new("") };
        }
        AkkaReference.Load().Check(node, context);
        var cluster = node.Field("cluster");
        var tcp = node.Field("remote")?.Field("dot-netty")?.Field("tcp");
        var seeds = cluster?.Field("seed-nodes");
        CheckSeeds(context, seeds);
        return new()
        {
            Hocon = new(Write(node)),
            SeedNodes = TextsOf(seeds),
            Roles = TextsOf(cluster?.Field("roles")),
            Hostname = tcp?.Field("hostname")?.Text,
            PublicHostname = tcp?.Field("public-hostname")?.Text,
            HasTls = tcp?.Field("enable-ssl")?.Text is "on" or "true" or "yes",
        };
    }

    private static IReadOnlyList<string> TextsOf(SettingsNode? list) => [.. (list?.Items ?? []).Select(item => item.Text ?? "")];

    private static void CheckSeeds(ReadingContext context, SettingsNode? seeds)
    {
        if (seeds is { Items: null })
            context.Report(seeds.Path, "expected a list: [\"akka.tcp://socks64@127.0.0.1:4053\"]");
        foreach (var seed in seeds?.Items ?? [])
            if (seed.Text is null || !SeedAddress().IsMatch(seed.Text))
                context.Report(seed.Path, $"\"{seed.Text}\" is not the address of a node, such as \"akka.tcp://socks64@127.0.0.1:4053\"");
    }

    private static string Write(SettingsNode akka)
    {
        var text = new StringBuilder("akka ");
        WriteValue(text, akka);
        return text.Append('\n').ToString();
    }

    private static void WriteValue(StringBuilder text, SettingsNode node)
    {
        if (node.Fields is { } fields)
        {
            text.Append("{\n");
            foreach (var (key, value) in fields)
            {
                WriteText(text, key);
                text.Append(" = ");
                WriteValue(text, value);
                text.Append('\n');
            }
            text.Append('}');
        }
        else if (node.Items is { } items)
        {
            text.Append('[');
            for (var i = 0; i < items.Count; i++)
            {
                text.Append(i > 0 ? ", " : "");
                WriteValue(text, items[i]);
            }
            text.Append(']');
        }
        else
        {
            WriteText(text, node.Text!);
        }
    }

    private static void WriteText(StringBuilder text, string value) =>
        text.Append('"').Append(value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r").Replace("\t", "\\t")).Append('"');

    [GeneratedRegex("""^akka(\.[a-z]+)*://[A-Za-z0-9_-]+@[^@:\[\]/]+:\d{1,5}$|^akka(\.[a-z]+)*://[A-Za-z0-9_-]+@\[[0-9A-Fa-f:.]+\]:\d{1,5}$""")]
    private static partial Regex SeedAddress();
}
