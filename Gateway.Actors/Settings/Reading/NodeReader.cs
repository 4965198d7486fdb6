namespace Gateway.Actors.Settings.Reading;

/// <summary><c>socks64.node</c>.</summary>
internal static class NodeReader
{
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
        };
    }

    public static bool IsName(string text) =>
        text.Length is > 0 and <= 63 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
