using Gateway.Actors.Settings.Reading;

namespace Gateway.Actors.Settings;

/// <summary>
/// What the user keeps beside <c>socks64</c> and <c>akka</c> in the same files, for programs of their own to read: with includes and
/// substitutions done. What the gateway's keys say is not judged here.
/// </summary>
/// <param name="Values">In reading order; empty when the key is not there.</param>
/// <param name="Problems">Files that cannot be read, and text that is not HOCON.</param>
public sealed record OwnValues(IReadOnlyList<OwnValue> Values, IReadOnlyList<SettingsProblem> Problems)
{
    /// <summary>Whether a key may be read so: the gateway's own keys hold secrets.</summary>
    public static bool MayBeRead(string key) => key.Length > 0 && key is not ("socks64" or "akka");

    /// <summary>Reads everything below one key of the root.</summary>
    /// <param name="files">As for <see cref="SettingsLoader.Load"/>.</param>
    /// <param name="key">A key of the root.</param>
    /// <param name="read">As for <see cref="SettingsLoader.Load"/>.</param>
    /// <exception cref="ArgumentException">The key is the gateway's.</exception>
    public static OwnValues Load(IEnumerable<string> files, string key, Func<string, string?>? read = null)
    {
        if (!MayBeRead(key))
            throw new ArgumentException($"\"{key}\" is not a key of the user's own", nameof(key));
        var (context, root) = SettingsLoader.Parse(files, read);
        return new([.. Below(root?.Field(key), context.Source)], [.. context.Problems]);
    }

    private static IEnumerable<OwnValue> Below(SettingsNode? node, ScannedSettings source)
    {
        if (node?.Text is { } text)
            return [new(source.Find(node.Path), node.Path, text)];
        var children = node?.Items ?? node?.Fields?.Select(field => field.Value) ?? [];
        return children.SelectMany(child => Below(child, source));
    }
}
