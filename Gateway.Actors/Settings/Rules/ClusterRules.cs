using Gateway.Actors.Members;
using Gateway.Actors.Settings.Reading;
using Gateway.Protocol;

namespace Gateway.Actors.Settings.Rules;

/// <summary>What makes nodes one cluster, and what other machines can reach of it.</summary>
internal static class ClusterRules
{
    private const string Tcp = "akka.remote.dot-netty.tcp";
    private const string Seeds = "akka.cluster.seed-nodes";

    public static void Check(ReadingContext context, GatewaySettings settings, AkkaSection akka)
    {
        if (!akka.IsCluster)
            return;
        foreach (var (number, seed) in akka.SeedNodes.Index())
            if (seed.Contains("://", StringComparison.Ordinal) && !seed.StartsWith($"{akka.Protocol}://{MemberSystem.Name}@", StringComparison.Ordinal))
                context.Report($"{Seeds}[{number}]", $"\"{seed}\" will never answer: every node of a cluster {(akka.HasTls ? "under TLS " : "")}is called {akka.Protocol}://{MemberSystem.Name}@host:port");
        foreach (var role in akka.Roles.Where(role => !NodeReader.IsName(role)))
            context.Report("akka.cluster.roles", $"\"{role}\" is not a role of 1 to 63 letters, digits, '.', '-' and '_'");
        if (akka.FarHost is { } far)
            CheckFar(context, settings, akka, far);
    }

    private static void CheckFar(ReadingContext context, GatewaySettings settings, AkkaSection akka, string far)
    {
        var path = context.Source.Has($"{Tcp}.hostname") ? $"{Tcp}.hostname" : Seeds;
        if (settings.Cluster.Secret is null)
            context.Report(path, $"the cluster reaches beyond this machine ({far}), so socks64.cluster.secret is needed");
        if (!AkkaEngine.HasSharedSecret && !akka.HasTls)
            context.Report(path, $"the cluster reaches beyond this machine ({far}), and only TLS protects it: {Tcp}.enable-ssl");
        if (string.IsNullOrEmpty(akka.PublicHostname) && (string.IsNullOrEmpty(akka.Hostname) || IsWildcard(akka.Hostname)))
            context.Report(path, $"the other nodes need an address of this one: {Tcp}.hostname, or public-hostname", Severity.Warning);
    }

    private static bool IsWildcard(string host) => IpLiteral.TryParse(host, out var address) && address.IsUnspecified;
}
