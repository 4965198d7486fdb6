using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Gateway.Actors.Access;
using Gateway.Actors.Chains;
using Gateway.Actors.Members;
using Gateway.Actors.Settings;
using Gateway.Actors.Settings.Reading;
using Gateway.Node.Operator;
using Gateway.Node.Status;
using Gateway.Node.Terminal;
using Gateway.Protocol;

namespace Gateway.Node.Commands;

/// <summary><c>socks64 explain</c>: what the rules say to one request, and why; by the settings, or as a running gateway sees it, which knows who is in the cluster.</summary>
internal static class ExplainCommand
{
    private static readonly Argument<SocksEndpoint> Destination = new("destination")
    {
        Description = "HOST:PORT, for instance www.example:443, 192.0.2.1:22 or [2001:db8::1]:80.",
        CustomParser = ParseDestination,
    };

    private static readonly Option<IpLiteral> From = new("--from")
    {
        Description = "The client's address.",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => IpLiteral.Parse("127.0.0.1"),
        CustomParser = ParseAddress,
    };

    private static readonly Option<string?> User = new("--user") { Description = "The name that the client logged in with.", HelpName = "NAME" };

    private static readonly Option<string> Command = new("--command")
    {
        Description = "What it asks for.",
        DefaultValueFactory = _ => "connect",
    };

    private static readonly Option<int> Listener = new("--listener") { Description = "The number of the listener it came through, from 0.", HelpName = "NUMBER" };

    private static readonly Option<bool> Live = new("--live") { Description = "Ask a running gateway, which knows the members of its cluster." };

    internal static readonly Dictionary<string, SocksCommand> Commands = new()
    {
        ["connect"] = SocksCommand.Connect,
        ["bind"] = SocksCommand.Bind,
        ["udp-associate"] = SocksCommand.UdpAssociate,
        ["address-associate"] = SocksCommand.AddressAssociate,
    };

    public static Command Create()
    {
        Command.AcceptOnlyFromAmong([.. Commands.Keys]);
        var command = new Command("explain", "Say which route a request takes, and why.") { Destination, From, User, Command, Listener, Live }.WithNode().WithAdmin();
        command.Validators.Add(RefuseWithoutLive);
        command.SetAction((parsed, cancellation) =>
            parsed.GetValue(Live) ? OperatorCommand.RunAsync(AskAsync, parsed, cancellation) : Task.FromResult(Explain(parsed)));
        return command;
    }

    /// <summary>Without <c>--live</c> nobody is asked, and the answer would not be the one that the words promise.</summary>
    private static void RefuseWithoutLive(CommandResult result)
    {
        if (!result.GetValue(Live) && new Option[] { AdminOptions.Admin, AdminOptions.TokenFile, AdminOptions.Node }.FirstOrDefault(option => result.GetResult(option) is not null) is { } idle)
            result.AddError($"{idle.Name} needs --live");
    }

    private static async Task<int> AskAsync(AdminClient client, ParseResult parsed, CancellationToken cancellation)
    {
        var path = AdminPath.Of(
            "api/explain", ("destination", parsed.GetValue(Destination).ToString()), ("from", parsed.GetValue(From).ToString()), ("user", parsed.GetValue(User)),
            ("command", parsed.GetValue(Command)), ("listener", SessionPages.Text(parsed.GetValue(Listener))), ("node", parsed.GetValue(AdminOptions.Node)));
        var answers = (await client.GetAsync(path, StatusJson.Default.NodesJsonExplainJson, cancellation)).Nodes;
        foreach (var answer in answers)
        {
            var node = new Cell(answer.Node).Text;
            if (answer.Error is { } error)
                Console.Error.WriteLine($"{node}: {new Cell(error).Text}");
            else
                Show($"at {node}, {new Cell(answer.Destination).Text}", answer.Via, [answer.Why, .. answer.Details]);
        }
        return answers.All(answer => answer.Error is null) ? ExitCode.Success : ExitCode.Failure;
    }

    private static void Show(string request, string? via, IEnumerable<string> lines)
    {
        Console.Out.WriteLine($"{request}: {new Cell(via ?? "refused").Text}");
        foreach (var line in lines)
            Console.Out.WriteLine($"  {new Cell(line).Text}");
    }

    private static int Explain(ParseResult parsed)
    {
        var loaded = SettingsOption.Load(parsed);
        if (!loaded.IsUsable)
            return ExitCode.Settings;
        var settings = loaded.Settings;
        var destination = parsed.GetValue(Destination);
        var identity = new Identity(parsed.GetValue(From).Canonical, parsed.GetValue(User), parsed.GetValue(Listener));
        var rules = new AccessRules(settings);
        var decision = rules.Decide(identity, Commands[parsed.GetValue(Command)!], destination);

        Show(destination.ToString(), decision.IsAllowed ? decision.Route!.Via : null, [decision.ToString(), .. Details(settings, decision, destination)]);
        return ExitCode.Success;
    }

    /// <summary>What follows from the decision, one line each.</summary>
    /// <param name="topology">Who is in the cluster; null where only the settings are known.</param>
    /// <param name="ejected">Servers that the operator has taken out; none where only the settings are known.</param>
    internal static IEnumerable<string> Details(GatewaySettings settings, Decision decision, SocksEndpoint destination, Topology? topology = null, ImmutableSortedSet<string>? ejected = null)
    {
        if (!decision.IsAllowed)
            yield return $"the client is told: {decision.Refusal.Text} (REP {(byte)decision.Refusal:X2})";
        else if (decision.Route!.IsDirect)
        {
            if (destination.Address.LiteralIfNamed.IsName)
                yield return "this gateway resolves the name, and judges each of its addresses by the routes again";
            yield return $"from {string.Join(", ", settings.Egress.Ipv4.Concat(settings.Egress.Ipv6))}";
        }
        else
        {
            foreach (var line in ChainExplanation.Of(settings, decision.Route.Via, destination, topology, ejected))
                yield return line;
        }
    }

    private static SocksEndpoint ParseDestination(ArgumentResult result)
    {
        if (SettingsText.TryServer(result.Tokens[0].Value, out var endpoint))
            return endpoint;
        result.AddError($"\"{result.Tokens[0].Value}\" is not HOST:PORT");
        return default;
    }

    private static IpLiteral ParseAddress(ArgumentResult result)
    {
        if (IpLiteral.TryParse(result.Tokens[0].Value, out var address))
            return address;
        result.AddError($"\"{result.Tokens[0].Value}\" is not an address");
        return default;
    }
}
