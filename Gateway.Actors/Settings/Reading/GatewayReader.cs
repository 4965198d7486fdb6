using System.Text;
using Gateway.Actors.Access;
using Gateway.Actors.Settings.Rules;
using Gateway.Protocol;

namespace Gateway.Actors.Settings.Reading;

/// <summary>The root of the settings: every section in turn, then what has to fit together, then what nobody asked for.</summary>
internal static class GatewayReader
{
    public static GatewaySettings Read(ReadingContext context, SettingsNode? root)
    {
        var top = new SettingsSection(context, root, "", "", isOpen: true);
        var akka = AkkaReader.Read(context, top);
        var section = top.Section("socks64");
        var defaults = new GatewaySettings();
        var users = ReadUsers(section, context);
        var listeners = ListenerReader.Read(section, defaults);
        var gateways = ChainReader.ReadGateways(section, context);
        var settings = new GatewaySettings
        {
            Node = NodeReader.Read(section.Section("node"), defaults.Node),
            Listeners = listeners,
            Users = users,
            Gateways = gateways,
            Chains = ChainReader.ReadChains(section, context),
            Routes = RouteReader.Read(section, listeners, defaults.Routes),
            MaxHops = section.Whole("max-hops", defaults.MaxHops, least: 1, most: 64),
            Egress = EgressReader.Read(section.Section("egress"), defaults.Egress),
            Cluster = ReadCluster(section.Section("cluster"), akka, defaults.Cluster),
            Admin = AdminReader.Read(section.Section("admin"), defaults.Admin),
            Timeouts = ReadTimeouts(section.Section("timeouts"), defaults.Timeouts),
            Limits = ReadLimits(section.Section("limits"), defaults.Limits),
            AddressId = ReadAddressId(section.Section("address-id"), defaults.AddressId),
            Protocol = ReadProtocol(section.Section("protocol"), defaults.Protocol),
            Log = ReadLog(section.Section("log"), defaults.Log),
            Telemetry = TelemetryReader.Read(section.Section("telemetry"), defaults.Telemetry),
            Socksify = SocksifyReader.Read(section.Section("socksify"), gateways, defaults.Socksify),
            Akka = akka.Hocon,
        };
        SettingsRules.Check(context, settings, akka);
        top.WarnOfKeysMeantFor(section);
        context.ReportUnknownKeys();
        return settings;
    }

    private static Dictionary<string, UserSettings> ReadUsers(SettingsSection section, ReadingContext context)
    {
        Dictionary<string, UserSettings> users = [];
        foreach (var (name, user) in section.Named("users"))
        {
            context.ReportIfTwice(user.Path);
            if (Encoding.UTF8.GetByteCount(name) > MemberLeg.MaxUserLength)
                user.ReportHere($"the name is longer than the {MemberLeg.MaxUserLength} octets that gateways can tell each other");
            else if (name.StartsWith('\0'))
                user.ReportHere("the name begins like the login of a gateway, with octet 00");
            if (user.Secret("password") is not { } text)
                user.Report("password", "a hash is missing; \"socks64 hash-password\" makes one");
            else if (PasswordHash.TryParse(text.Reveal(), out var hash))
                users[name] = new(hash);
            else
                user.Report("password", text.Reveal().StartsWith("pbkdf2-", StringComparison.Ordinal)
                    ? "not a hash as \"socks64 hash-password\" makes it: pbkdf2-sha256$ITERATIONS$SALT$HASH"
                    : "plain text is refused; \"socks64 hash-password\" makes a hash of it");
        }
        return users;
    }

    private static ClusterSettings ReadCluster(SettingsSection section, AkkaSection akka, ClusterSettings defaults)
    {
        var secret = section.Secret("secret");
        return new()
        {
            Secret = secret,
            GiveUpAfter = section.Duration("give-up-after", defaults.GiveUpAfter),
            SeedNodes = akka.SeedNodes,
            IsJoined = akka.IsCluster,
            AkkaRoles = akka.Roles,
            Protection = akka.HasTls ? ClusterProtection.Tls
                : akka.IsCluster && secret is not null && AkkaEngine.HasSharedSecret ? ClusterProtection.SharedSecret
                : ClusterProtection.None,
            Loopback = akka.FarHost is null ? akka.SeedHosts.FirstOrDefault() : null,
        };
    }

    private static TimeoutSettings ReadTimeouts(SettingsSection section, TimeoutSettings defaults) => new()
    {
        Handshake = section.Duration("handshake", defaults.Handshake),
        Connect = section.Duration("connect", defaults.Connect),
        TcpIdle = section.DurationOrOff("tcp-idle", defaults.TcpIdle),
        UdpIdle = section.DurationOrOff("udp-idle", defaults.UdpIdle),
        Bind = section.Duration("bind", defaults.Bind),
        Drain = section.Duration("drain", defaults.Drain),
    };

    private static LimitSettings ReadLimits(SettingsSection section, LimitSettings defaults) => new()
    {
        Sessions = section.Whole("sessions", defaults.Sessions),
        SessionsPerClient = section.Whole("sessions-per-client", defaults.SessionsPerClient),
        Handshakes = section.Whole("handshakes", defaults.Handshakes),
        AssociationsPerClient = section.Whole("associations-per-client", defaults.AssociationsPerClient),
        AddressIdsPerClient = section.Whole("address-ids-per-client", defaults.AddressIdsPerClient),
    };

    private static AddressIdSettings ReadAddressId(SettingsSection section, AddressIdSettings defaults) => new()
    {
        Idle = section.Duration("idle", defaults.Idle),
        AlwaysId = section.Switch("always-id", defaults.AlwaysId),
    };

    private static ProtocolSettings ReadProtocol(SettingsSection section, ProtocolSettings defaults) => new()
    {
        StrictRfc1928 = section.Switch("strict-rfc1928", defaults.StrictRfc1928),
        UdpFlags = section.Switch("udp-flags", defaults.UdpFlags),
    };

    private static LogSettings ReadLog(SettingsSection section, LogSettings defaults) => new()
    {
        Level = section.Choice("level", defaults.Level),
        File = section.Text("file"),
        Format = section.Choice("format", defaults.Format),
        Sessions = section.Switch("sessions", defaults.Sessions),
    };
}
