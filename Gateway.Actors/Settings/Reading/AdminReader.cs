using Gateway.Actors.Access;

namespace Gateway.Actors.Settings.Reading;

/// <summary><c>socks64.admin</c>.</summary>
internal static class AdminReader
{
    public static AdminSettings Read(SettingsSection section, AdminSettings defaults)
    {
        var address = defaults.Address;
        var text = section.Text("address");
        if (text is not null)
        {
            if (text is "off")
                address = null;
            else if (SettingsText.TryEndpoint(text, out var endpoint))
                address = endpoint;
            else
                section.Report("address", $"\"{text}\" is not off, nor an address and a port such as \"127.0.0.1:8558\"");
        }
        var token = section.Secret("token");
        if (token is null && address is { } reachable && !GuardedNetworks.Loopback(reachable.Address))
            section.Report("token", $"a token is needed, because {reachable} can be reached from elsewhere");
        return new() { Address = address, MayBeAbsent = text is null, Token = token };
    }
}
