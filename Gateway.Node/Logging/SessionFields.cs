using System.Text.Json;
using Gateway.Actors.Sessions;
using Gateway.Protocol;

namespace Gateway.Node.Logging;

/// <summary>The fields of a session's record; times in milliseconds, sizes in octets. What does not apply is left out.</summary>
internal static class SessionFields
{
    public static void Write(Utf8JsonWriter json, SessionRecord record)
    {
        json.WriteNumber("id", record.Id);
        json.WriteString("trace", record.TraceId.ToString());
        json.WriteString("started", record.Started.UtcDateTime);
        WriteEndpoint(json, "client", record.Client);
        WriteEndpoint(json, "listener", record.Listener);
        if (record.Member is { } member)
            json.WriteString("member", member);
        if (record.Origin is { } origin)
            json.WriteString("origin", origin.ToString());
        if (record.User is { } user)
            json.WriteString("user", user);
        if (record.Command is { } command)
            json.WriteString("command", CommandName(command));
        if (record.Destination is { } destination)
            json.WriteString("destination", destination);
        if (record.Route is { } route)
        {
            json.WriteNumber("route", route.Number);
            json.WriteString("via", route.Via);
        }
        WriteChain(json, record);
        if (record.Peer is { } peer)
            WriteEndpoint(json, "peer", peer);
        if (record.Reply is { } reply)
            json.WriteNumber("reply", (byte)reply);
        if (record.Setup is { } setup)
            json.WriteNumber("setup_ms", Milliseconds(setup));
        json.WriteNumber("duration_ms", Milliseconds(record.Duration));
        json.WriteNumber("sent", record.Sent);
        json.WriteNumber("received", record.Received);
        if (record.Lost is { } lost)
            json.WriteNumber("lost", lost);
        json.WriteString("reason", record.Reason);
    }

    private static void WriteChain(Utf8JsonWriter json, SessionRecord record)
    {
        if (record.Hops.Count > 0)
            WriteHops(json, record.Hops);
        if (record.Ways.Count > 0)
            WriteWays(json, record.Ways);
        if (record.FailedHop is { } failed)
            json.WriteNumber("failed_hop", failed);
        if (record.FailedPhase is { } phase)
            json.WriteString("failed_phase", phase.ToString().ToLowerInvariant());
    }

    private static void WriteHops(Utf8JsonWriter json, IReadOnlyList<HopRecord> hops)
    {
        json.WriteStartArray("hops");
        foreach (var hop in hops)
        {
            json.WriteStartObject();
            json.WriteString("name", hop.Name);
            WriteEndpoint(json, "address", hop.Address);
            json.WriteString("family", hop.Address.Canonical.Address.IsIpv6 ? "ipv6" : "ipv4");
            json.WriteNumber("ms", Milliseconds(hop.Answered));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteWays(Utf8JsonWriter json, IReadOnlyList<WayRecord> ways)
    {
        json.WriteStartArray("ways");
        foreach (var way in ways)
        {
            json.WriteStartObject();
            json.WriteString("via", way.Via);
            if (way.Hops.Count > 0)
                WriteHops(json, way.Hops);
            json.WriteNumber("sent", way.Sent);
            json.WriteNumber("received", way.Received);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);

    private static void WriteEndpoint(Utf8JsonWriter json, string name, LiteralEndpoint endpoint) =>
        json.WriteString(name, endpoint.Canonical.ToString());

    internal static string CommandName(SocksCommand command) => command switch
    {
        SocksCommand.Connect => "connect",
        SocksCommand.Bind => "bind",
        SocksCommand.UdpAssociate => "udp-associate",
        SocksCommand.AddressAssociate => "address-associate",
        SocksCommand.ConnectWithId => "connect+id",
        SocksCommand.BindWithId => "bind+id",
        SocksCommand.UdpAssociateWithId => "udp-associate+id",
        SocksCommand.Resolve => "resolve",
        SocksCommand.ResolvePtr => "resolve-ptr",
        _ => $"{(byte)command:x2}",
    };
}
