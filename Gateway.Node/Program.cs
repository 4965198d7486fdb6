using System.CommandLine;
using System.CommandLine.Help;
using Gateway.Node;
using Gateway.Node.Commands;

var root = new RootCommand("socks64, a SOCKS5 gateway between IPv4 and IPv6. Without a command it runs.")
{
    SettingsOption.Files,
    RunCommand.Create(),
    CheckCommand.Create(),
    ExplainCommand.Create(),
    ValuesCommand.Create(),
    HashPasswordCommand.Create(),
    ResolveCommand.Create(),
    SocksifyCommand.Create(),
    StatusCommand.Create(),
    TopCommand.Create(),
    SessionsCommand.Create(),
    EventsCommand.Create(),
    CompletionCommand.Create(),
};
foreach (var command in ActionCommands.Create())
    root.Add(command);
root.SetAction(RunCommand.RunAsync);
// On Linux these are paths.
foreach (var path in new[] { "/h", "/?" })
    root.Options.OfType<HelpOption>().Single().Aliases.Remove(path);

return await CommandLine.InvokeAsync(root, args);
