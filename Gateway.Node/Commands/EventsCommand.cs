using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gateway.Actors.Status;
using Gateway.Node.Operator;
using Gateway.Node.Status;
using Gateway.Node.Status.Json;
using Gateway.Node.Terminal;
using Spectre.Console;

namespace Gateway.Node.Commands;

/// <summary><c>socks64 events</c>: what happened at gateways lately, and with <c>--follow</c> what happens from now on.</summary>
internal static class EventsCommand
{
    /// <summary>Of what happened before, for whoever begins to follow.</summary>
    private const int Before = 10;

    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Go on with what happens, until interrupted; lost connections are made again." };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object a line." };

    private static readonly Option<string[]> Kind = new("--kind")
    {
        Description = "Only these; may be said several times.",
        HelpName = "KIND",
        DefaultValueFactory = _ => [],
    };

    public static Command Create()
    {
        Kind.AcceptOnlyFromAmong([.. Enum.GetValues<GatewayEventKind>().Select(Names.Of).Order(StringComparer.Ordinal)]);
        var command = new Command("events", "Say what happened lately: members, legs, failures, what operators did.") { Follow, Kind, Json }.WithNode().WithAdmin();
        command.SetOperatorAction(TellAsync);
        return command;
    }

    private static async Task<int> TellAsync(AdminClient client, ParseResult parsed, CancellationToken cancellation)
    {
        var kinds = parsed.GetValue(Kind)!.ToHashSet();
        var (isFollowing, node) = (parsed.GetValue(Follow), parsed.GetValue(AdminOptions.Node));
        var screen = Screen.Open();
        var answers = await client.GetAsync(AdminPath.Of("api/events/recent", ("node", node)), StatusJson.Default.NodesJsonEventsJson, cancellation);
        var kept = answers.Nodes.SelectMany(node => node.Events).Where(IsWanted).OrderBy(news => news.Time).ThenBy(news => news.Number).ToList();
        foreach (var news in isFollowing ? kept.TakeLast(Before) : kept)
            Tell(news);
        var silent = answers.Nodes.Where(node => node.Error is not null).ToList();
        foreach (var one in silent)
            await Console.Error.WriteLineAsync($"socks64: {new Cell(one.Node).Text}: {new Cell(one.Error).Text}");
        if (!isFollowing)
            return silent.Count > 0 ? ExitCode.Failure : ExitCode.Success;

        var places = answers.Nodes.Where(told => told.Started is not null)
            .Aggregate(EventPlaces.None, (reached, told) => reached.With(told.Node, told.Started!.Value, told.Events.Count > 0 ? told.Events[^1].Number : 0));
        await foreach (var news in new EventFollower(client, why => Console.Error.WriteLine($"socks64: {why}; trying again")).FollowAsync(node, places, cancellation))
            if (IsWanted(news))
                Tell(news);
        return ExitCode.Success;

        bool IsWanted(EventJson news) => kinds.Count == 0 || kinds.Contains(news.Kind);

        void Tell(EventJson news)
        {
            if (parsed.GetValue(Json))
                Console.Out.WriteLine(JsonSerializer.Serialize(news, StatusJson.Default.EventJson));
            else
                Show(screen, news);
            Console.Out.Flush();
        }
    }

    private static void Show(IAnsiConsole screen, EventJson news)
    {
        var look = news.Kind switch
        {
            "member-unreachable" or "member-gone" or "leg-ejected" or "chain-broken" or "session-failed" or "association-broken" or "reload-refused" => Looks.Bad,
            "member-up" or "member-reachable" or "leg-restored" or "chain-restored" or "undrained" or "member-undrained" or "server-restored" or "reloaded" => Looks.Good,
            _ => Looks.Doubtful,
        };
        screen.Write(new Text(news.Time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss ", CultureInfo.InvariantCulture), Looks.Quiet));
        screen.Write(new Text($"{new Cell(news.Node).Text}  "));
        screen.Write(new Text(new Cell(news.Kind).Text, look));
        // Paragraphs wrap at words, which would break copies of a long message.
        Console.Out.WriteLine($"  {new Cell(news.Subject).Text}: {new Cell(news.Message).Text}");
    }
}
