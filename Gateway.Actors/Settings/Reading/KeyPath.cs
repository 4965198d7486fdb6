namespace Gateway.Actors.Settings.Reading;

/// <summary>Writes the path of a key the one way that the scanner, the reader and the user share: <c>users."a.b".hops[0]</c>.</summary>
internal static class KeyPath
{
    public static string Child(string parent, string key)
    {
        var segment = key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? key : $"\"{key}\"";
        return parent.Length == 0 ? segment : $"{parent}.{segment}";
    }

    public static string Item(string parent, int index) => $"{parent}[{index}]";

    /// <summary>The path of what holds <paramref name="path"/>; empty at the root.</summary>
    public static string Parent(string path)
    {
        var quoted = false;
        for (var i = path.Length - 1; i > 0; i--)
        {
            if (path[i] == '"')
                quoted = !quoted;
            if (!quoted && path[i] is '.' or '[')
                return path[..i];
        }
        return "";
    }
}
