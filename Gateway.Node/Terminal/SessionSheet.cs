using Gateway.Node.Status.Json;
using Spectre.Console.Rendering;

namespace Gateway.Node.Terminal;

/// <summary>Sessions as a table, for a person.</summary>
internal static class SessionSheet
{
    private static readonly Column[] Columns =
    [
        new("ID", IsNumber: true), new("AGE", IsNumber: true), new("STATE"), new("CLIENT", Least: 14), new("DESTINATION", Least: 16), new("WAY", Least: 6),
        new("SENT", IsNumber: true), new("RECEIVED", IsNumber: true), new("USER", Least: 6, IsOptional: true), new("COMMAND", IsOptional: true), new("SETUP", IsNumber: true, IsOptional: true),
    ];

    public static Renderable Of(IReadOnlyList<(string Node, SessionJson Session)> sessions, bool showsNode, int width, DateTimeOffset now) => Sheet.Of(
        showsNode ? [new("GATEWAY"), .. Columns] : Columns,
        [.. sessions.Select(entry => showsNode ? [entry.Node, .. Row(entry.Session, now)] : Row(entry.Session, now))],
        width);

    /// <summary>Who is at the beginning of it, as far as the gateway knows: a member vouches for the clients that it brings.</summary>
    public static string Client(SessionJson session) => session.Member is { } member ? $"{session.Origin} via {member}" : session.Client;

    /// <summary>The chain's hops by name, or <c>direct</c>.</summary>
    public static string? Way(SessionJson session) => session.Hops is { Count: > 0 } hops ? string.Join('>', hops.Select(hop => hop.Name)) : session.Via;

    private static Cell[] Row(SessionJson session, DateTimeOffset now) =>
    [
        Operator.SessionPages.Text(session.Id), Figures.Age(now - session.Started), session.State, Client(session), session.Destination, Way(session),
        Figures.Octets(session.Sent), Figures.Octets(session.Received), session.User, session.Command, session.SetupMs is { } ms ? Figures.Milliseconds(Math.Round(ms, 1)) : "",
    ];
}
