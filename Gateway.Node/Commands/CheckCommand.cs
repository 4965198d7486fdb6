using System.CommandLine;
using Gateway.Actors.Settings;

namespace Gateway.Node.Commands;

/// <summary><c>socks64 check</c>: everything that is wrong with the settings, without starting anything.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var command = new Command("check", $"Report every problem of the settings with file and line; exits {ExitCode.Settings} when there is one.");
        command.SetAction(Check);
        return command;
    }

    private static int Check(ParseResult parsed)
    {
        var loaded = SettingsOption.Load(parsed);
        if (!loaded.IsUsable)
            return ExitCode.Settings;
        var settings = loaded.Settings;
        Console.Out.WriteLine($"{settings.Node.Name}: the settings are usable");
        foreach (var listener in settings.Listeners)
            Console.Out.WriteLine($"  listens on {listener.Address}, {Authentication(listener)}");
        Console.Out.WriteLine($"  {Count(settings.Users.Count, "user")}, {Count(settings.Routes.Count, "route")}, {Count(settings.Chains.Count, "chain")}");
        if (settings.Cluster.IsJoined)
            Console.Out.WriteLine($"  in a cluster with {Count(settings.Cluster.SeedNodes.Count, "seed node")}, {Protection(settings.Cluster)}");
        return ExitCode.Success;
    }

    private static string Protection(ClusterSettings cluster) => cluster.Protection switch
    {
        ClusterProtection.Tls => "protected by TLS",
        ClusterProtection.SharedSecret => "protected by the shared secret, not encrypted",
        _ => "on this machine alone, not protected",
    };

    private static string Authentication(ListenerSettings listener) =>
        listener.Auth is [ListenerAuth.None] ? "no authentication" : $"authentication by {string.Join(" or ", listener.Auth).ToLowerInvariant()}";

    private static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
