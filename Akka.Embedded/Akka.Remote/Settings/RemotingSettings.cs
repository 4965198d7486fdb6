using System.Net;
using System.Net.Sockets;
using Akka.Configuration;
using Akka.Remote.Wire;

namespace Akka.Remote;

/// <summary>The section <c>akka.remote</c>, read once.</summary>
internal sealed class RemotingSettings
{
    public const string SecretKey = "akka.remote.embedded.secret";

    public const string WatchSection = "akka.remote.watch-failure-detector";

    private const string Transports = "akka.remote.enabled-transports";

    private const string Tcp = "akka.remote.dot-netty.tcp";

    /// <exception cref="ConfigurationException">A value makes no sense.</exception>
    public RemotingSettings(Config config)
    {
        FlushWaitOnShutdown = config.GetTimeSpan("akka.remote.flush-wait-on-shutdown");
        HandshakeTimeout = Positive(config, "akka.remote.handshake-timeout");
        LogLifecycleEvents = config.GetString("akka.remote.log-remote-lifecycle-events")!.ToLowerInvariant() is not ("off" or "false");
        RetryGateClosedFor = config.GetTimeSpan("akka.remote.retry-gate-closed-for");
        PruneQuarantineMarkerAfter = Positive(config, "akka.remote.prune-quarantine-marker-after");
        SystemMessageBufferSize = Between(config, "akka.remote.system-message-buffer-size", 1, int.MaxValue);
        InitialSystemMessageDeliveryTimeout = Positive(config, "akka.remote.initial-system-message-delivery-timeout");
        TransportHeartbeatInterval = Positive(config, "akka.remote.transport-failure-detector.heartbeat-interval");
        TransportPatience = Positive(config, "akka.remote.transport-failure-detector.acceptable-heartbeat-pause") + TransportHeartbeatInterval;
        WatchFailureDetector = config.GetConfig(WatchSection)!;
        foreach (var key in (string[])["heartbeat-interval", "unreachable-nodes-reaper-interval", "expected-response-after"])
            Positive(config, $"{WatchSection}.{key}");
        if (config.GetStringList(Transports) is not [Tcp])
            throw new ConfigurationException($"{Transports}: [{string.Join(", ", config.GetStringList(Transports))}]; there is one transport, {Tcp}");
        Hostname = config.GetString($"{Tcp}.hostname")!;
        Port = Between(config, $"{Tcp}.port", 0, ushort.MaxValue);
        PublicHostname = PublicName(config.GetString($"{Tcp}.public-hostname")!, Hostname);
        PublicPort = Between(config, $"{Tcp}.public-port", 0, ushort.MaxValue) is > 0 and var port ? port : null;
        ConnectionTimeout = Positive(config, $"{Tcp}.connection-timeout");
        MaximumFrameSize = Size(config, $"{Tcp}.maximum-frame-size")
            ?? throw new ConfigurationException($"{Tcp}.maximum-frame-size: a size is needed");
        if (MaximumFrameSize < 32_000)
            throw new ConfigurationException($"{Tcp}.maximum-frame-size must be at least 32000 octets, not {MaximumFrameSize}");
        SendBufferSize = Size(config, $"{Tcp}.send-buffer-size");
        ReceiveBufferSize = Size(config, $"{Tcp}.receive-buffer-size");
        Backlog = Between(config, $"{Tcp}.backlog", 1, int.MaxValue);
        TcpNoDelay = config.GetBoolean($"{Tcp}.tcp-nodelay");
        TcpKeepAlive = config.GetBoolean($"{Tcp}.tcp-keepalive");
        Protocol = ProtocolOf(config);
        Tls = config.GetBoolean($"{Tcp}.enable-ssl") ? TlsSettings.Read(config.GetConfig($"{Tcp}.ssl")!, $"{Tcp}.ssl") : null;
        Secret = SecretOf(config);
    }

    public TimeSpan FlushWaitOnShutdown { get; }

    public TimeSpan HandshakeTimeout { get; }

    public bool LogLifecycleEvents { get; }

    public TimeSpan RetryGateClosedFor { get; }

    public TimeSpan PruneQuarantineMarkerAfter { get; }

    public int SystemMessageBufferSize { get; }

    public TimeSpan InitialSystemMessageDeliveryTimeout { get; }

    public TimeSpan TransportHeartbeatInterval { get; }

    /// <summary>How long a peer may be silent.</summary>
    public TimeSpan TransportPatience { get; }

    public Config WatchFailureDetector { get; }

    public string Hostname { get; }

    public int Port { get; }

    public string PublicHostname { get; }

    /// <summary>Null: the one that is listened on.</summary>
    public int? PublicPort { get; }

    public TimeSpan ConnectionTimeout { get; }

    public int MaximumFrameSize { get; }

    public int? SendBufferSize { get; }

    public int? ReceiveBufferSize { get; }

    public int Backlog { get; }

    public bool TcpNoDelay { get; }

    public bool TcpKeepAlive { get; }

    /// <summary>How addresses begin, before the <c>://</c>.</summary>
    public string Protocol { get; }

    public TlsSettings? Tls { get; }

    public SharedSecret? Secret { get; }

    /// <summary>What <see cref="Protocol"/> is under the whole configuration.</summary>
    public static string ProtocolOf(Config config) => config.GetBoolean($"{Tcp}.enable-ssl") ? "akka.ssl.tcp" : "akka.tcp";

    /// <summary>The address to listen on.</summary>
    /// <exception cref="RemoteTransportException">The host name has none.</exception>
    public IPAddress BindAddress()
    {
        if (Hostname.Length == 0)
            return Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
        if (IPAddress.TryParse(Hostname, out var literal))
            return literal;
        try
        {
            return Dns.GetHostAddresses(Hostname)[0];
        }
        catch (Exception e) when (e is SocketException or IndexOutOfRangeException or ArgumentException)
        {
            throw new RemoteTransportException($"{Tcp}.hostname: [{Hostname}] has no address: {e.Message}", e);
        }
    }

    /// <summary>A secret that is empty, because a variable was, is not the wish to have none.</summary>
    private static SharedSecret? SecretOf(Config config)
    {
        if (config.GetValue(SecretKey) is { } value && value.IsArray() && value.GetArray().Count == 0)
            return null;
        return config.GetString(SecretKey) switch
        {
            null => null,
            "" => throw new ConfigurationException($"{SecretKey} is empty, so it would protect nothing; leave it out if that is meant"),
            var secret => new SharedSecret(secret),
        };
    }

    private static string PublicName(string written, string listening)
    {
        var name = written.Length > 0 ? written : listening.Length > 0 ? listening : Dns.GetHostName();
        return name.Contains(':') && name[0] != '[' ? $"[{name}]" : name;
    }

    private static TimeSpan Positive(Config config, string key)
    {
        var value = config.GetTimeSpan(key);
        return value > TimeSpan.Zero ? value : throw new ConfigurationException($"{key} must be longer than 0s, not {value}");
    }

    private static int Between(Config config, string key, int lowest, int highest)
    {
        var value = config.GetInt(key);
        return value >= lowest && value <= highest ? value : throw new ConfigurationException($"{key} must be from {lowest} to {highest}, not {value}");
    }

    /// <summary>Null: empty or 0.</summary>
    private static int? Size(Config config, string key)
    {
        if (config.GetString(key) is null or "")
            return null;
        return config.GetByteSize(key) switch
        {
            0 or null => null,
            > 0 and <= int.MaxValue and var size => (int)size,
            var size => throw new ConfigurationException($"{key} must be from 0 to {int.MaxValue} octets, not {size}"),
        };
    }
}
