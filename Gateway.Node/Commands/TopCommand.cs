using System.CommandLine;
using Gateway.Node.Operator;
using Gateway.Node.Terminal;
using Gateway.Node.Terminal.Top;

namespace Gateway.Node.Commands;

/// <summary><c>socks64 top</c>: gateways, chains and sessions, live.</summary>
internal static class TopCommand
{
    private static readonly Option<double> Every = new("--every")
    {
        Description = "How often the gateways are asked, from 0.5 s.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 2,
    };

    public static Command Create()
    {
        Every.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0.5 and <= 3600))
                result.AddError("--every must be from 0.5 to 3600 seconds");
        });
        var command = new Command("top", "Watch gateways, chains and sessions live; ? shows the keys.") { Every }.WithAdmin();
        command.SetOperatorAction(WatchAsync);
        return command;
    }

    private static async Task<int> WatchAsync(AdminClient client, ParseResult parsed, CancellationToken cancellation)
    {
        if (!Screen.IsTerminal || Console.IsInputRedirected)
            throw new AdminException(ExitCode.Usage, "top needs a terminal; socks64 status and socks64 sessions print what it shows");
        var first = await TopSample.TakeAsync(client, new TopView(), cancellation);
        new TopLoop(client, Screen.Open(), TimeSpan.FromSeconds(parsed.GetValue(Every))).Run(first);
        return ExitCode.Success;
    }
}
