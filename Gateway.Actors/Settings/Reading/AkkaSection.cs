using Gateway.Actors.Access;
using Gateway.Protocol;

namespace Gateway.Actors.Settings.Reading;

/// <summary>What the gateway itself has to know of the user's <c>akka</c> settings.</summary>
internal sealed record AkkaSection
{
    /// <summary>All of it, as HOCON that both of Akka's parsers read alike.</summary>
    public required Secret Hocon { get; init; }

    public IReadOnlyList<string> SeedNodes { get; init; } = [];

    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Where remoting listens, when the user said so.</summary>
    public string? Hostname { get; init; }

    public string? PublicHostname { get; init; }

    /// <summary>Remoting is under TLS (<c>akka.remote.dot-netty.tcp.enable-ssl</c>).</summary>
    public bool HasTls { get; init; }

    /// <summary>How the addresses of its nodes begin, before the <c>://</c>.</summary>
    public string Protocol => HasTls ? "akka.ssl.tcp" : "akka.tcp";

    /// <summary>The user wants other nodes.</summary>
    public bool IsCluster => SeedNodes.Count > 0;

    /// <summary>The hosts of the seed nodes, without brackets; null where there is none.</summary>
    public IEnumerable<string?> SeedHosts => SeedNodes.Select(HostOf);

    /// <summary>A host by which the cluster reaches beyond this machine; null when it does not.</summary>
    public string? FarHost =>
        new[] { Hostname, PublicHostname }.Concat(SeedHosts).FirstOrDefault(host => !string.IsNullOrEmpty(host) && !IsLoopback(host));

    private static string? HostOf(string seed)
    {
        var at = seed.IndexOf('@');
        var colon = seed.LastIndexOf(':');
        return at > 0 && colon > at ? seed[(at + 1)..colon].Trim('[', ']') : null;
    }

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IpLiteral.TryParse(host, out var address) && GuardedNetworks.Loopback(address));
}
