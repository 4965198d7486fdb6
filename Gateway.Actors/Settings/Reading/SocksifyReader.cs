using Gateway.Actors.Routing;

namespace Gateway.Actors.Settings.Reading;

/// <summary><c>socks64.socksify</c>.</summary>
internal static class SocksifyReader
{
    public static SocksifySettings Read(SettingsSection section, IReadOnlyDictionary<string, GatewayServerSettings> gateways, SocksifySettings defaults)
    {
        var direct = section.Texts("direct");
        foreach (var (_, network) in direct ?? [])
            if (network is not "none" && !IpNetwork.TryParse(network, out _, out _))
                section.Report("direct", $"\"{network}\" is not a network such as 10.0.0.0/8, nor none");
        var log = section.Text("log") ?? defaults.Log;
        if (log.Split(':')[0] is not ("off" or "error" or "info" or "debug"))
            section.Report("log", $"\"{log}\" does not begin with off, error, info or debug");
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
