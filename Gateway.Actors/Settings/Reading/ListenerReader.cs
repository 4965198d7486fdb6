using Gateway.Actors.Access;
using Gateway.Actors.Settings.Rules;
using Gateway.Protocol;

namespace Gateway.Actors.Settings.Reading;

/// <summary><c>socks64.listeners</c>.</summary>
internal static class ListenerReader
{
    public static IReadOnlyList<ListenerSettings> Read(SettingsSection section, GatewaySettings defaults)
    {
        if (!section.Has("listeners"))
        {
            _ = section.Listed("listeners");
            return defaults.Listeners;
        }
        List<ListenerSettings> listeners = [];
        var items = section.Listed("listeners");
        foreach (var item in items)
            if (ReadOne(item) is { } listener)
            {
                if (listeners.FirstOrDefault(other => ListenerRules.AreInTheWay(other.Address, listener.Address)) is { } other)
                    item.Report("address", other.Address == listener.Address
                        ? $"{listener.Address} has a listener already"
                        : $"{other.Address} has the port already, and one of the two is every address of its family");
                listeners.Add(listener);
            }
        if (!items.Any())
            section.Report("listeners", "a gateway without a listener serves nobody");
        return listeners;
    }

    private static ListenerSettings? ReadOne(SettingsSection item)
    {
        var address = ReadEndpoint(item, "address");
        if (address is null && !item.Has("address"))
            item.Report("address", "is missing, for instance \"127.0.0.1:1080\"");
        var advertise = ReadEndpoint(item, "advertise");
        if (advertise is { } told && (told.Port == 0 || told.Address.IsUnspecified))
            item.Report("advertise", $"{told} is not an address that clients can connect to");
        var asked = item.Choices<ListenerAuth>("auth");
        if (asked is { Count: 0 })
            item.Report("auth", "at least one of none and password is needed");
        if (asked?.Contains(ListenerAuth.Gssapi) == true)
            item.Report("auth", "gssapi is not available in this version");
        if (address is null)
            return null;
        if (address.Value.Address.IsMapped)
            item.Report("address", $"{address} is written as IPv6 and is IPv4; did you mean \"{address.Value.Canonical}\"?");
        if (asked is null && !GuardedNetworks.Loopback(address.Value.Address))
            item.Report("address", $"{address} can be reached from elsewhere: say auth = [password], or auth = [none] if everybody may use this gateway");
        return new()
        {
            Address = address.Value,
            Auth = asked is { Count: > 0 } ? [.. asked.Distinct()] : [ListenerAuth.None],
            Advertise = advertise,
        };
    }

    private static LiteralEndpoint? ReadEndpoint(SettingsSection item, string key)
    {
        if (item.Text(key) is not { } text)
            return null;
        if (SettingsText.TryEndpoint(text, out var endpoint))
            return endpoint;
        item.Report(key, $"\"{text}\" is not an address and a port, such as \"127.0.0.1:1080\" or \"[::1]:1080\"");
        return null;
    }
}
