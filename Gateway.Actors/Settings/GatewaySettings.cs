namespace Gateway.Actors.Settings;

/// <summary>
/// Everything under <c>socks64</c> in the settings files, read once and validated whole by <see cref="SettingsLoader"/>.
/// The values here are the defaults; <c>hocon/reference.conf</c> gives their reasons.
/// </summary>
public sealed record GatewaySettings
{
    public NodeSettings Node { get; init; } = new();

    /// <summary>In the order of the file; a listener's place here is its number in <see cref="Access.Identity"/>.</summary>
    public IReadOnlyList<ListenerSettings> Listeners { get; init; } = ListenerSettings.Default;

    public IReadOnlyDictionary<string, UserSettings> Users { get; init; } = new Dictionary<string, UserSettings>();

    public IReadOnlyDictionary<string, GatewayServerSettings> Gateways { get; init; } = new Dictionary<string, GatewayServerSettings>();

    public IReadOnlyDictionary<string, ChainSettings> Chains { get; init; } = new Dictionary<string, ChainSettings>();

    /// <summary>First match wins; no match is a refusal.</summary>
    public IReadOnlyList<RouteSettings> Routes { get; init; } = [RouteSettings.AllDirect];

    /// <summary>Gateways that one connection may pass, this one included; beyond it the reply is TTL expired.</summary>
    public int MaxHops { get; init; } = 8;

    public EgressSettings Egress { get; init; } = new();

    public ClusterSettings Cluster { get; init; } = new();

    public AdminSettings Admin { get; init; } = new();

    public TimeoutSettings Timeouts { get; init; } = new();

    public LimitSettings Limits { get; init; } = new();

    public AddressIdSettings AddressId { get; init; } = new();

    public ProtocolSettings Protocol { get; init; } = new();

    public LogSettings Log { get; init; } = new();

    public TelemetrySettings Telemetry { get; init; } = new();

    public SocksifySettings Socksify { get; init; } = new();

    /// <summary>What the actor systems are made with: everything under <c>akka</c>, as HOCON. Holds secrets when the user put some there.</summary>
    public Secret Akka { get; init; } = new("");
}
