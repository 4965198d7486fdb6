using System.Buffers.Binary;
using Gateway.Actors.Sessions;
using Gateway.Actors.Status;
using Gateway.Node.Logging;
using Gateway.Node.Status;
using Gateway.Protocol;

namespace Gateway.Node.Telemetry;

/// <summary>
/// Sessions as spans: one for the session, and below it one for each hop of its chain. A gateway that serves a hop hangs its own session below
/// that hop, so the whole chain is one tree:
/// <code>
/// connect (entry) ─┬─ hop 1 ─── connect (r1)
///                  └─ hop 2 ─── connect (r2)
/// </code>
/// <c>Span { bytes trace_id = 1, span_id = 2, parent_span_id = 4; string name = 5; SpanKind kind = 6; fixed64 start_time_unix_nano = 7,
/// end_time_unix_nano = 8; attributes = 9; events = 11; Status status = 15; }</c>
/// </summary>
internal sealed class SpanEncoder(TelemetrySource source)
{
    private const int Server = 2, Client = 3;

    public ReadOnlyMemory<byte> Encode(IReadOnlyList<SessionRecord> sessions) => source.Request(scope =>
    {
        foreach (var session in sessions)
        {
            var id = SpanIds.Random();
            scope.Message(2, span => WriteSession(span, session, id));
            var hops = session.FailedHop is null ? session.Hops : session.FailedWay;
            for (var number = 1; number <= Math.Max(hops.Count, session.FailedHop ?? 0); number++)
                scope.Message(2, span => WriteHop(span, session, id, number, number <= hops.Count ? hops[number - 1] : null));
        }
    });

    private void WriteSession(ProtobufWriter span, SessionRecord session, ulong id)
    {
        ulong? parent = session.Member is { } member ? SpanIds.OfHop(session.TraceId, member, session.HopsLeft) : null;
        WriteIds(span, session.TraceId, id, parent);
        var command = session.Command is { } given ? SessionFields.CommandName(given) : null;
        span.Text(5, command ?? "handshake");
        span.Whole(6, Server);
        WriteTimes(span, session.Started, session.Duration);
        var attributes = new Attributes(span, 9);
        if (source.Settings.Clients)
            AddClient(attributes, session);
        attributes.Add("socks64.session", session.Id);
        attributes.Add("socks64.listener", session.Listener.Canonical.ToString());
        attributes.Add("socks64.member", session.Member);
        attributes.Add("socks64.command", command);
        attributes.Add("socks64.destination", session.Destination);
        attributes.Add("socks64.route", session.Route?.Number);
        attributes.Add("socks64.via", session.Route?.Via);
        attributes.Add("socks64.peer", session.Peer?.Canonical.ToString());
        attributes.Add("socks64.reply", session.Reply is { } reply ? (byte)reply : null);
        attributes.Add("socks64.setup", session.Setup);
        attributes.Add("socks64.sent", session.Sent);
        attributes.Add("socks64.received", session.Received);
        attributes.Add("socks64.lost", session.Lost);
        attributes.Add("socks64.reason", session.Reason);
        if (session.Setup is { } setup)
            WriteEvent(span, session.Started + setup, "reply");
        if (session.Failure is not { } failure)
            return;
        attributes.Add("error.type", Names.Of(failure));
        WriteError(span, session.Reason);
    }

    private static void AddClient(Attributes attributes, SessionRecord session)
    {
        attributes.Add("client.address", (session.Origin ?? session.Client.Address.Canonical).ToString());
        attributes.Add("client.port", session.Origin is null ? session.Client.Port : null);
        attributes.Add("user.name", session.User);
    }

    /// <param name="hop">Null when no more is known than that the way led there.</param>
    private void WriteHop(ProtobufWriter span, SessionRecord session, ulong parent, int number, HopRecord? hop)
    {
        WriteIds(span, session.TraceId, SpanIds.OfHop(session.TraceId, source.Node, session.HopsLeft - number), parent);
        span.Text(5, $"hop {number}");
        span.Whole(6, Client);
        var begun = hop is { Begun: var after } && after > TimeSpan.Zero ? after : TimeSpan.Zero;
        WriteTimes(span, session.Started + begun, hop?.Answered ?? TimeSpan.Zero);
        var attributes = new Attributes(span, 9);
        attributes.Add("socks64.hop", number);
        if (hop is { } known)
        {
            attributes.Add("socks64.hop.name", known.Name);
            attributes.Add("server.address", known.Address.Canonical.Address.ToString());
            attributes.Add("server.port", known.Address.Port);
            attributes.Add("network.type", known.Address.Canonical.Address.IsIpv6 ? "ipv6" : "ipv4");
        }
        if (number != session.FailedHop)
            return;
        attributes.Add("error.type", session.FailedPhase is { } phase ? Names.Of(phase) : Names.Of(SessionFailure.Chain));
        WriteError(span, session.Reason);
    }

    private static void WriteIds(ProtobufWriter span, TraceId trace, ulong id, ulong? parent)
    {
        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(octets, trace.Bits);
        span.Bytes(1, octets);
        BinaryPrimitives.WriteUInt64BigEndian(octets, id);
        span.Bytes(2, octets[..8]);
        if (parent is not { } above)
            return;
        BinaryPrimitives.WriteUInt64BigEndian(octets, above);
        span.Bytes(4, octets[..8]);
    }

    private static void WriteTimes(ProtobufWriter span, DateTimeOffset start, TimeSpan took)
    {
        span.Fixed(7, UnixTime.Nanoseconds(start));
        span.Fixed(8, UnixTime.Nanoseconds(start + took));
    }

    /// <summary><c>Event { fixed64 time_unix_nano = 1; string name = 2; }</c>.</summary>
    private static void WriteEvent(ProtobufWriter span, DateTimeOffset when, string name) => span.Message(11, news =>
    {
        news.Fixed(1, UnixTime.Nanoseconds(when));
        news.Text(2, name);
    });

    /// <summary><c>Status { string message = 2; StatusCode code = 3; }</c>, with the code ERROR.</summary>
    private static void WriteError(ProtobufWriter span, string message) => span.Message(15, status =>
    {
        status.Text(2, message);
        status.Whole(3, 2);
    });
}
