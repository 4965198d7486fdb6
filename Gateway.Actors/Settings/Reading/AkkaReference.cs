using System.Globalization;
using System.Reflection;
using Hocon;

namespace Gateway.Actors.Settings.Reading;

/// <summary>
/// What Akka itself knows: the reference configurations that its assemblies carry. A user's key that is not there, below an object
/// whose keys are fixed, is misspelled; a value of another kind than the reference's is wrong.
/// </summary>
internal sealed class AkkaReference
{
    /// <summary>Below these the user's own names stand.</summary>
    private static readonly string[] OpenObjects =
    [
        "akka.actor.deployment", "akka.actor.serializers", "akka.actor.serialization-bindings", "akka.actor.serialization-identifiers",
        "akka.actor.serialization-settings", "akka.actor.router.type-mapping", "akka.cluster.role", "akka.coordinated-shutdown.phases",
        "akka.extensions", "akka.remote.trusted-selection-paths",
    ];

    private readonly SettingsNode _root;

    private AkkaReference(SettingsNode root) => _root = root;

    public static AkkaReference Load()
    {
        var texts = new[] { "Akka", "Akka.Remote", "Akka.Cluster" }.SelectMany(name => Texts(Assembly.Load(name)));
        return new(SettingsNode.From(HoconConfigurationFactory.ParseString("akka {}\n" + string.Join('\n', texts)).Root, "")!);
    }

    public void Check(SettingsNode akka, ReadingContext context)
    {
        if (_root.Field("akka") is { Fields.Count: > 0 } reference)
            Check(akka, reference, context);
    }

    private static void Check(SettingsNode user, SettingsNode reference, ReadingContext context)
    {
        if (OpenObjects.Contains(user.Path) || reference.Fields is not { Count: > 0 } known)
            return;
        foreach (var (key, value) in user.Fields!)
        {
            var expected = reference.Field(key);
            if (expected is null)
            {
                if (value.Field("type") is null)
                    context.Report(value.Path, $"unknown key{Spelling.Suggestion(key, known.Select(field => field.Key))}");
            }
            else if (expected.Fields is not null && value.Fields is null)
                context.Report(value.Path, "expected an object: { … }");
            else if (expected.Fields is not null)
                Check(value, expected, context);
            else if (expected.Text is { } example && Expected(example) is { } kind && !kind.Accepts(value.Text ?? ""))
                context.Report(value.Path, $"expected {kind.Name}, such as {example}");
        }
    }

    private static Kind? Expected(string example) => example switch
    {
        "off" => null,
        _ when IsSwitch(example) => new("on or off", IsSwitch),
        _ when IsNumber(example) => new("a number", IsNumber),
        _ when DurationText.TryParse(example, out _) => new("a duration", text => DurationText.TryParse(text, out _) || IsSwitch(text) || text is "infinite" or "auto"),
        _ => null,
    };

    private static bool IsSwitch(string text) => text is "on" or "off" or "true" or "false" or "yes" or "no";

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static IEnumerable<string> Texts(Assembly assembly)
    {
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".conf", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }

    private sealed record Kind(string Name, Func<string, bool> Accepts);
}
