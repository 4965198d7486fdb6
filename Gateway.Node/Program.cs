using System.CommandLine;
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
};
root.SetAction(RunCommand.RunAsync);

return await CommandLine.InvokeAsync(root, args);
