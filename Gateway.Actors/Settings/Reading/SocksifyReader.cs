namespace Gateway.Actors.Settings.Reading;

/// <summary><c>socks64.socksify</c>.</summary>
internal static class SocksifyReader
{
    public static SocksifySettings Read(SettingsSection section, IReadOnlyDictionary<string, GatewayServerSettings> gateways, SocksifySettings defaults)
    {
        var direct = section.Texts("direct");
        foreach (var (_, network) in direct ?? [])
            if (SocksifySettings.ObjectionToDirect(network) is { } objection)
                section.Report("direct", objection);
        var log = section.Text("log") ?? defaults.Log;
        if (SocksifySettings.ObjectionToLog(log) is { } objectionToLog)
            section.Report("log", objectionToLog);
        return new()
        {
            Gateway = ReadGateway(section, gateways),
            Direct = direct is null ? defaults.Direct : [.. direct.Select(network => network.Text)],
            Bind = section.Switch("bind", defaults.Bind),
            Answer = section.Choice("answer", defaults.Answer),
            Log = log,
        };
    }

    private static GatewayServerSettings? ReadGateway(SettingsSection section, IReadOnlyDictionary<string, GatewayServerSettings> gateways)
    {
        if (section.Text("gateway") is not { } text)
            return null;
        if (gateways.TryGetValue(text, out var named))
            return named;
        if (SettingsText.TryServer(text, out var address))
            return new() { Address = address };
        section.Report("gateway", $"\"{text}\" is not one of gateways, nor a host and a port such as \"192.0.2.9:1080\"");
        return null;
    }
}
