using Gateway.Actors.Routing;

namespace Gateway.Actors.Settings.Reading;

/// <summary><c>socks64.routes</c>.</summary>
internal static class RouteReader
{
    private const string Any = "any";

    public static IReadOnlyList<RouteSettings> Read(SettingsSection section, IReadOnlyList<ListenerSettings> listeners, IReadOnlyList<RouteSettings> defaults)
    {
        if (!section.Has("routes"))
        {
            _ = section.Listed("routes");
            return defaults;
        }
        return [.. section.Listed("routes").Select(item => ReadOne(item, listeners))];
    }

    private static RouteSettings ReadOne(SettingsSection item, IReadOnlyList<ListenerSettings> listeners)
    {
        if (item.Text("via") is not { } via)
            item.Report("via", $"is missing: {RouteSettings.Direct}, {RouteSettings.Reject}, or the name of a chain");
        return new()
        {
            From = ReadFrom(item),
            Users = [.. item.Texts("user")?.Select(user => user.Text) ?? []],
            Commands = ReadCommands(item),
            Listeners = ReadListeners(item, listeners),
            To = ReadTo(item),
            Ports = ReadPorts(item),
            Via = item.Text("via") ?? RouteSettings.Reject,
            Transit = item.Switch("transit", false),
        };
    }

    private static List<IpNetwork> ReadFrom(SettingsSection item)
    {
        List<IpNetwork> networks = [];
        foreach (var (_, text) in item.Texts("from") ?? [])
        {
            if (IpNetwork.TryParse(text, out var network, out var problem))
                networks.Add(network);
            else if (text != Any)
                item.Report("from", problem);
        }
        return networks;
    }

    private static RouteCommands ReadCommands(SettingsSection item)
    {
        if (item.Choices("command", RouteCommands.Connect, RouteCommands.Bind, RouteCommands.UdpAssociate, RouteCommands.AddressAssociate) is not { } commands)
            return RouteCommands.All;
        return commands.Aggregate(RouteCommands.None, (all, command) => all | command);
    }

    private static List<int> ReadListeners(SettingsSection item, IReadOnlyList<ListenerSettings> listeners)
    {
        List<int> numbers = [];
        foreach (var (_, text) in item.Texts("listener") ?? [])
        {
            var matches = SettingsText.TryEndpoint(text, out var endpoint)
                ? listeners.Index().Where(listener => listener.Item.Address == endpoint).Select(listener => listener.Index).ToList()
                : [];
            if (matches.Count == 0)
                item.Report("listener", $"\"{text}\" is the address of no listener{Spelling.Suggestion(text, listeners.Select(l => l.Address.ToString()))}");
            numbers.AddRange(matches);
        }
        return numbers;
    }

    private static DestinationSet ReadTo(SettingsSection item)
    {
        if (item.Texts("to") is not { Count: > 0 } texts)
        {
            item.Report("to", "is missing: any, or networks and names such as [\"10.0.0.0/8\", \"*.lab.example\"]");
            return DestinationSet.Any;
        }
        List<IpNetwork> networks = [];
        List<NamePattern> names = [];
        foreach (var (_, text) in texts)
        {
            if (text == Any)
                continue;
            if (IpNetwork.TryParse(text, out var network, out var problem))
                networks.Add(network);
            else if (text.Contains('/') || text.Contains(':') || text.All(c => char.IsAsciiDigit(c) || c == '.'))
                item.Report("to", problem);
            else if (NamePattern.TryParse(text, out var name))
                names.Add(name);
            else
                item.Report("to", $"\"{text}\" is not any, a network such as 10.0.0.0/8, or a name such as www.example or *.example");
        }
        return texts.Any(to => to.Text == Any) ? DestinationSet.Any : DestinationSet.Of(networks, names);
    }

    private static PortSet ReadPorts(SettingsSection item)
    {
        if (item.Texts("ports") is not { } texts)
            return PortSet.All;
        List<(ushort, ushort)> ranges = [];
        foreach (var (_, text) in texts)
        {
            if (PortSet.TryParseRange(text, out var range))
                ranges.Add(range);
            else if (text == "any" && texts.Count == 1)
                return PortSet.All;
            else
                item.Report("ports", $"\"{text}\" is not a port or a range such as 80 or 1-1023");
        }
        if (texts.Count == 0)
            item.Report("ports", "an empty list matches nothing; leave the key out for all ports");
        return ranges.Count > 0 ? PortSet.Of(ranges) : PortSet.All;
    }
}
