using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Gateway.Node.Completion;
using Gateway.Node.Operator;
using Gateway.Node.Status;
using Gateway.Node.Status.Json;
using Gateway.Node.Terminal;

namespace Gateway.Node.Commands;

/// <summary>
/// What an operator has running gateways do: <c>drain</c>, <c>undrain</c>, <c>reload</c>, <c>close</c>, <c>eject</c>, <c>restore</c>. A line for each gateway
/// that was asked, on standard error for one that has not done it; then the command fails.
/// </summary>
internal static class ActionCommands
{
    private static readonly Argument<long> Session = new("id") { Description = "The session's number at its gateway, as socks64 sessions shows it." };

    private static readonly Argument<string> Server = new("gateway") { Description = "A member of the cluster, or one of the settings' gateways, by name." };

    public static IEnumerable<Command> Create()
    {
        Server.CompletionSources.Add(LiveNames.Servers);
        yield return Action("drain", "Have a gateway take no new clients, and let its sessions go on.", _ => "api/drain");
        yield return Action("undrain", "Have it take new clients again.", _ => "api/undrain");
        yield return Reload();
        yield return Action("close", "End one session at once.", parsed => $"api/sessions/{SessionPages.Text(parsed.GetValue(Session))}/close", Session);
        yield return Ejection("eject", "Take a gateway out of the chains, until it is restored or the asked gateway ends; sessions through it go on.");
        yield return Ejection("restore", "Let an ejected gateway serve in the chains again.");
    }

    private static Command Action(string name, string description, Func<ParseResult, string> path, params Argument[] arguments) =>
        Command(name, description, path, json => json.NodesJsonActionJson, answer => Tell(answer, answer.Done), arguments);

    private static Command Ejection(string name, string description) =>
        Command(name, description, parsed => $"api/gateways/{Uri.EscapeDataString(parsed.GetValue(Server)!)}/{name}", json => json.NodesJsonEjectionJson,
            answer => Tell(answer, answer.Done), Server);

    private static Command Reload() => Command(
        "reload", "Have a gateway read its settings again, and say what has changed; wrong ones change nothing.", _ => "api/reload", json => json.NodesJsonReloadJson,
        answer =>
        {
            // The problems stand below, each on a line of its own.
            var isDone = Tell(answer with { Error = answer is { Error: not null, Problems.Count: > 0 } ? "nothing was changed" : answer.Error }, answer.Done);
            foreach (var change in answer.Changes)
                Console.Out.WriteLine($"  {new Cell(change).Text}");
            foreach (var problem in answer.Problems)
                (isDone ? Console.Out : Console.Error).WriteLine($"  {new Cell(problem).Text}");
            return isDone;
        });

    private static Command Command<T>(
        string name, string description, Func<ParseResult, string> path, Func<StatusJson, JsonTypeInfo<NodesJson<T>>> type, Func<T, bool> tell, params Argument[] arguments) where T : INodeAnswer
    {
        var command = new Command(name, description);
        foreach (var argument in arguments)
            command.Add(argument);
        command.WithNode().WithAdmin().SetOperatorAction(async (client, parsed, cancellation) =>
        {
            var answers = await client.PostAsync(AdminPath.Of(path(parsed), ("node", parsed.GetValue(AdminOptions.Node))), type(StatusJson.Default), cancellation);
            var areAllDone = true;
            foreach (var answer in answers.Nodes)
                areAllDone &= tell(answer);
            return areAllDone ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    private static bool Tell<T>(T answer, string? done) where T : INodeAnswer
    {
        var isDone = answer.Error is null;
        (isDone ? Console.Out : Console.Error).WriteLine($"{new Cell(answer.Node).Text}: {new Cell(answer.Error ?? done).Text}");
        return isDone;
    }
}
