using Gateway.Actors.Settings;

namespace Gateway.Actors.Reloading;

/// <summary>Which settings a running gateway can take on. The others are those that its process or its actor systems are made with.</summary>
internal static class LiveSettings
{
    private static readonly string[] MadeWith =
        ["akka", "socks64.node", "socks64.cluster", "socks64.admin", "socks64.telemetry", "socks64.address-id.idle", "socks64.limits.address-ids-per-client"];

    /// <summary>Whether a change of this key, or of one below it, waits for the next start.</summary>
    public static bool NeedsRestart(string key) =>
        Array.Exists(MadeWith, made => key.StartsWith(made, StringComparison.Ordinal) && (key.Length == made.Length || key[made.Length] is '.' or '['));

    /// <summary><paramref name="loaded"/>, with what <paramref name="running"/> was made with.</summary>
    public static GatewaySettings Join(GatewaySettings running, GatewaySettings loaded) => loaded with
    {
        Akka = running.Akka,
        Node = running.Node,
        Cluster = running.Cluster,
        Admin = running.Admin,
        Telemetry = running.Telemetry,
        AddressId = loaded.AddressId with { Idle = running.AddressId.Idle },
        Limits = loaded.Limits with { AddressIdsPerClient = running.Limits.AddressIdsPerClient },
    };
}
