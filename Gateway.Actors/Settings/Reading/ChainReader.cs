using System.Text;
using Gateway.Protocol;

namespace Gateway.Actors.Settings.Reading;

/// <summary><c>socks64.gateways</c> and <c>socks64.chains</c>.</summary>
internal static class ChainReader
{
    public static Dictionary<string, GatewayServerSettings> ReadGateways(SettingsSection section, ReadingContext context)
    {
        Dictionary<string, GatewayServerSettings> gateways = [];
        foreach (var (name, item) in section.Named("gateways"))
        {
            context.ReportIfTwice(item.Path);
            if (ReadGateway(item) is { } gateway)
                gateways[name] = gateway;
        }
        return gateways;
    }

    public static Dictionary<string, ChainSettings> ReadChains(SettingsSection section, ReadingContext context)
    {
        Dictionary<string, ChainSettings> chains = [];
        foreach (var (name, item) in section.Named("chains"))
        {
            context.ReportIfTwice(item.Path);
            if (name is RouteSettings.Direct or RouteSettings.Reject)
                item.ReportHere($"a chain cannot be called {name}: routes use that word");
            chains[name] = ReadChain(item);
        }
        return chains;
    }

    private static GatewayServerSettings? ReadGateway(SettingsSection item)
    {
        var username = item.Text("username");
        var password = item.Secret("password");
        if (username is not null && password is null)
            item.Report("password", "is missing; with a username the gateway is asked for both");
        if (username is null && password is not null)
            item.Report("username", "is missing; with a password the gateway is asked for both");
        CheckLength(item, "username", username);
        CheckLength(item, "password", password?.Reveal());
        var answers = item.Switch("address-associate", false);
        var oneFlight = item.Switch("one-flight", false);
        if (item.Text("address") is not { } text)
        {
            item.Report("address", "is missing, for instance \"192.0.2.9:1080\"");
            return null;
        }
        if (SettingsText.TryServer(text, out var address))
            return new() { Address = address, Username = username, Password = password, AddressAssociate = answers, OneFlight = oneFlight };
        item.Report("address", $"\"{text}\" is not a host and a port, such as \"192.0.2.9:1080\", \"[2001:db8::9]:1080\" or \"lab.example:1080\"");
        return null;
    }

    /// <summary>RFC 1929 §2: each field has 1 to 255 octets.</summary>
    private static void CheckLength(SettingsSection item, string key, string? text)
    {
        if (text is not null && Encoding.UTF8.GetByteCount(text) is 0 or > 255)
            item.Report(key, "must have 1 to 255 octets");
    }

    private static ChainSettings ReadChain(SettingsSection item)
    {
        var defaults = new ChainSettings { Hops = [] };
        var chain = new ChainSettings
        {
            Hops = [.. item.Listed("hops").Select(ReadHop)],
            DestinationOver = item.Section("destination").Choice("over", defaults.DestinationOver),
            SetupTimeout = item.Duration("setup-timeout", defaults.SetupTimeout),
            HedgeAfter = item.DurationOrOff("hedge-after", defaults.HedgeAfter),
        };
        if (chain.Hops.Count == 0)
            item.Report("hops", "a chain needs at least one hop");
        if (chain.HedgeAfter >= chain.SetupTimeout)
            item.Report("hedge-after", "must be shorter than setup-timeout, or off");
        return chain;
    }

    private static HopSettings ReadHop(SettingsSection item)
    {
        var hop = new HopSettings
        {
            Role = item.Text("role"),
            Gateways = [.. item.Texts("gateways")?.Select(gateway => gateway.Text) ?? []],
            Over = item.Choice("over", FamilyWish.Any, FamilyWish.Any, FamilyWish.Ipv4, FamilyWish.Ipv6),
            Pick = item.Choice("pick", PickPolicy.RoundRobin),
        };
        if (hop.Role is not null && item.Has("gateways"))
            item.ReportHere("a hop is either a role or a list of gateways, not both");
        else if (hop.Role is null && hop.Gateways.Count == 0)
            item.ReportHere("a hop needs a role or at least one gateway");
        if (hop.Gateways.Distinct().Count() < hop.Gateways.Count)
            item.Report("gateways", "names the same gateway twice");
        return hop;
    }
}
