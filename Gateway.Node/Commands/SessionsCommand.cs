using System.CommandLine;
using System.Text;
using System.Text.Json;
using Gateway.Node.Completion;
using Gateway.Node.Operator;
using Gateway.Node.Status;
using Gateway.Node.Status.Json;
using Gateway.Node.Terminal;
using Spectre.Console;

namespace Gateway.Node.Commands;

/// <summary><c>socks64 sessions</c>: live sessions, as a table or as lines of JSON.</summary>
internal static class SessionsCommand
{
    private static readonly Option<string?> Client = new("--client") { Description = "The beginning of the client's address: 192.0.2.", HelpName = "ADDRESS" };
    private static readonly Option<string?> User = new("--user") { Description = "The name that the client logged in with.", HelpName = "NAME" };
    private static readonly Option<string?> Destination = new("--destination") { Description = "Part of the destination, or of the address it was reached at.", HelpName = "TEXT" };
    private static readonly Option<string?> Via = new("--via") { Description = "A chain, or direct.", HelpName = "CHAIN" };
    private static readonly Option<string?> Hop = new("--hop") { Description = "A gateway that it passes.", HelpName = "NAME" };
    private static readonly Option<string?> Trace = new("--trace") { Description = "Its id at every gateway.", HelpName = "ID" };
    private static readonly Option<string?> State = new("--state") { Description = "What it is at.", HelpName = "STATE" };
    private static readonly Option<string?> Anything = new("--text") { Description = "Part of any of it.", HelpName = "TEXT" };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object a line, as the API gives it, with the gateway's name in front." };

    public static Command Create()
    {
        State.AcceptOnlyFromAmong([.. Names.Phases.Keys.Order(StringComparer.Ordinal)]);
        Via.CompletionSources.Add(LiveNames.Chains);
        Hop.CompletionSources.Add(LiveNames.Servers);
        var command = new Command("sessions", "List live sessions, all that match.") { Client, User, Destination, Via, Hop, Trace, State, Anything, Json }.WithNode().WithAdmin();
        command.SetOperatorAction(ListAsync);
        return command;
    }

    private static async Task<int> ListAsync(AdminClient client, ParseResult parsed, CancellationToken cancellation)
    {
        var node = parsed.GetValue(AdminOptions.Node);
        var isJson = parsed.GetValue(Json);
        List<(string Node, SessionJson Session)> sessions = [];
        var failed = false;
        await foreach (var (raw, page) in SessionPages.ReadAsync(client, (whom, after) => Path(parsed, whom, after), node, int.MaxValue, cancellation))
        {
            using (raw)
                if (isJson)
                    Write(raw);
                else
                    sessions.AddRange(page.Nodes.SelectMany(answer => answer.Sessions.Select(session => (answer.Node, session))));
            foreach (var silent in page.Nodes.Where(answer => answer.Error is not null))
            {
                failed = true;
                await Console.Error.WriteLineAsync($"socks64: {new Cell(silent.Node).Text}: {new Cell(silent.Error).Text}");
            }
        }
        if (!isJson)
            Show(sessions, node is not null);
        return failed ? ExitCode.Failure : ExitCode.Success;
    }

    private static void Show(List<(string Node, SessionJson Session)> sessions, bool showsNode)
    {
        var screen = Screen.Open();
        if (sessions.Count > 0)
            screen.Write(SessionSheet.Of(sessions, showsNode, screen.Profile.Width, DateTimeOffset.UtcNow));
        else
            Console.Error.WriteLine("no session matches");
    }

    private static string Path(ParseResult parsed, string? node, long? after) => AdminPath.Of(
        "api/sessions",
        ("client", parsed.GetValue(Client)), ("user", parsed.GetValue(User)), ("destination", parsed.GetValue(Destination)), ("via", parsed.GetValue(Via)),
        ("hop", parsed.GetValue(Hop)), ("trace", parsed.GetValue(Trace)), ("state", parsed.GetValue(State)), ("text", parsed.GetValue(Anything)),
        ("limit", "200"), ("node", node), ("after", after is { } place ? SessionPages.Text(place) : null));

    /// <summary>What the API gives of each session, also what this version does not know.</summary>
    private static void Write(JsonDocument answer)
    {
        foreach (var node in answer.RootElement.GetProperty("nodes").EnumerateArray())
            foreach (var session in node.GetProperty("sessions").EnumerateArray())
            {
                using var octets = new MemoryStream();
                using (var writer = new Utf8JsonWriter(octets))
                {
                    writer.WriteStartObject();
                    writer.WriteString("node", node.GetProperty("node").GetString());
                    foreach (var property in session.EnumerateObject())
                        property.WriteTo(writer);
                    writer.WriteEndObject();
                }
                Console.Out.WriteLine(Encoding.UTF8.GetString(octets.GetBuffer().AsSpan(0, (int)octets.Length)));
            }
    }
}
