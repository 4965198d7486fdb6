using Gateway.Actors.Access;
using Gateway.Actors.Settings.Reading;
using Gateway.Protocol;

namespace Gateway.Actors.Settings.Rules;

/// <summary>What other machines can reach must be protected.</summary>
internal static class ClusterRules
{
    public static void Check(ReadingContext context, GatewaySettings settings, AkkaSection akka)
    {
        if (!akka.IsCluster || settings.Cluster.Secret is not null)
            return;
        var far = new[] { akka.Hostname, akka.PublicHostname }.Concat(akka.SeedNodes.Select(HostOf)).FirstOrDefault(host => host is not null && !IsLoopback(host));
        if (far is null)
            return;
        var path = context.Source.Has("akka.remote.dot-netty.tcp.hostname") ? "akka.remote.dot-netty.tcp.hostname" : "akka.cluster.seed-nodes";
        context.Report(path, $"the cluster reaches beyond this machine ({far}), so socks64.cluster.secret is needed");
    }

    private static string? HostOf(string seed)
    {
        var at = seed.IndexOf('@');
        var colon = seed.LastIndexOf(':');
        return at > 0 && colon > at ? seed[(at + 1)..colon] : null;
    }

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IpLiteral.TryParse(host, out var address) && GuardedNetworks.Loopback(address));
}
