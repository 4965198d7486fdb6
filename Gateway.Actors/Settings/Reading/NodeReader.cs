using System.Text;

namespace Gateway.Actors.Settings.Reading;

/// <summary><c>socks64.node</c>.</summary>
internal static class NodeReader
{
    /// <summary>Of a Unix socket's address, unix(7).</summary>
    private const int LongestSocketName = 107;

    public static NodeSettings Read(SettingsSection section, NodeSettings defaults)
    {
        var name = section.Text("name") ?? defaults.Name;
        if (!IsName(name))
            section.Report("name", $"\"{name}\" is not a name of 1 to 63 letters, digits, '.', '-' and '_'");
        var roles = section.Texts("roles");
        foreach (var (path, role) in roles ?? [])
            if (!IsName(role))
                section.Report("roles", $"\"{role}\" is not a role of 1 to 63 letters, digits, '.', '-' and '_'");
        return new()
        {
            Name = name,
            Roles = roles is null ? defaults.Roles : [.. roles.Select(role => role.Text).Distinct()],
            Loops = section.Text("loops") is null or "auto" ? null : section.Whole("loops", 1, least: 1, most: 256),
            Handover = ReadHandover(section, defaults),
        };
    }

    private static string? ReadHandover(SettingsSection section, NodeSettings defaults)
    {
        var text = section.Text("handover") ?? defaults.Handover;
        if (text is "off")
            return null;
        if (text is not NodeSettings.Auto && (text is not ['@' or '/', _, ..] || Encoding.UTF8.GetByteCount(text) > LongestSocketName))
            section.Report("handover", $"\"{text}\" is not auto, off, a path from the root, nor a name behind \"@\", of {LongestSocketName} octets at most");
        return text;
    }

    public static bool IsName(string text) =>
        text.Length is > 0 and <= 63 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
