using Gateway.Actors.Routing;
using Gateway.Protocol;

namespace Gateway.Actors.Settings.Reading;

/// <summary>The forms of addresses in settings.</summary>
public static class SettingsText
{
    /// <summary><c>192.0.2.1:1080</c> or <c>[2001:db8::1]:1080</c>.</summary>
    public static bool TryEndpoint(string text, out LiteralEndpoint endpoint)
    {
        endpoint = default;
        if (!TrySplit(text, out var host, out var port) || !IpLiteral.TryParse(host, out var address))
            return false;
        endpoint = new(address, port);
        return true;
    }

    /// <summary>Also <c>host.example:1080</c>.</summary>
    public static bool TryServer(string text, out SocksEndpoint endpoint)
    {
        endpoint = default;
        if (!TrySplit(text, out var host, out var port) || port == 0)
            return false;
        if (IpLiteral.TryParse(host, out var address))
            endpoint = new(address, port);
        else if (!host.Contains(':') && NamePattern.TryParse(host, out _) && !host.StartsWith("*."))
            endpoint = new(SocksAddress.FromName(host), port);
        else
            return false;
        return true;
    }

    public static bool TryNat64(string text, out Nat64Prefix prefix)
    {
        prefix = default;
        if (!IpNetwork.TryParse(text, out var network, out _) || !network.Address.IsIpv6)
            return false;
        try
        {
            prefix = new(network.Address, network.Prefix);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>An IPv6 literal must stand in brackets, everything else must not.</summary>
    private static bool TrySplit(string text, out string host, out ushort port)
    {
        var colon = text.LastIndexOf(':');
        host = colon < 0 ? "" : text[..colon];
        port = 0;
        return host.Length > 0
            && host.StartsWith('[') == host.Contains(':')
            && text[(colon + 1)..] is { Length: > 0 and <= 5 } digits && digits.All(char.IsAsciiDigit) && ushort.TryParse(digits, out port);
    }
}
