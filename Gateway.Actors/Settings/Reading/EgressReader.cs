using Gateway.Protocol;

namespace Gateway.Actors.Settings.Reading;

/// <summary><c>socks64.egress</c>.</summary>
internal static class EgressReader
{
    public static EgressSettings Read(SettingsSection section, EgressSettings defaults)
    {
        var egress = new EgressSettings
        {
            Ipv4 = ReadSources(section, "ipv4", ipv6: false) ?? defaults.Ipv4,
            Ipv6 = ReadSources(section, "ipv6", ipv6: true) ?? defaults.Ipv6,
            Nat64 = ReadPrefixes(section) ?? defaults.Nat64,
        };
        if (egress.Ipv4.Count == 0 && egress.Ipv6.Count == 0)
            section.ReportHere("without a source address of either family nothing can be reached");
        return egress;
    }

    private static List<IpLiteral>? ReadSources(SettingsSection section, string key, bool ipv6)
    {
        if (section.Texts(key) is not { } texts)
            return null;
        List<IpLiteral> sources = [];
        foreach (var (_, text) in texts)
        {
            if (IpLiteral.TryParse(text, out var address) && address.IsIpv6 == ipv6)
                sources.Add(address);
            else
                section.Report(key, $"\"{text}\" is not an {(ipv6 ? "IPv6" : "IPv4")} address");
        }
        return sources;
    }

    private static List<Nat64Prefix>? ReadPrefixes(SettingsSection section)
    {
        if (section.Texts("nat64") is not { } texts)
            return null;
        List<Nat64Prefix> prefixes = [];
        foreach (var (_, text) in texts)
        {
            if (SettingsText.TryNat64(text, out var prefix))
                prefixes.Add(prefix);
            else
                section.Report("nat64", $"\"{text}\" is not a NAT64 prefix: IPv6, of length 32, 40, 48, 56, 64 or 96");
        }
        return prefixes;
    }
}
