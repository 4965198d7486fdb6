using Akka.Configuration;
using Gateway.Actors;
using Gateway.Actors.Handover;
using Gateway.Actors.Records;
using Gateway.Actors.Reloading;
using Gateway.Actors.Settings;
using Gateway.Node.Admin;
using Gateway.Node.Logging;
using Gateway.Node.Metrics;
using Gateway.Node.Status;
using Gateway.Node.Telemetry;
using Gateway.Protocol;

namespace Gateway.Node.Hosting;

/// <summary>The gateway of this process with its log, its operator's door and its telemetry.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private readonly GatewayHost _gateway;
    private readonly NodeReload _reload;
    private readonly HandoverDoor _handover;
    private readonly TelemetryExport? _telemetry;
    private readonly LogWriter _log;
    private readonly EventLog _events;
    private AdminServer? _admin;

    private RunningNode(GatewayHost gateway, NodeReload reload, AdminServer? admin, HandoverDoor handover, TelemetryExport? telemetry, LogWriter log) =>
        (_gateway, _reload, _admin, _handover, _telemetry, _log, _events) = (gateway, reload, admin, handover, telemetry, log, EventLog.Start(gateway.Status.Events, log));

    /// <summary>Those in force.</summary>
    public GatewaySettings Settings => _gateway.Settings;

    public string Name => _gateway.Settings.Node.Name;

    public IReadOnlyList<LiteralEndpoint> Listening => _gateway.Listening;

    public int Sessions => _gateway.Sessions;

    /// <summary>Where the operator is answered; null when nowhere.</summary>
    public Uri? Admin => _admin?.Address;

    /// <summary>Completes with the process that goes on with this gateway.</summary>
    public Task<int> HandedOver => _handover.HandedOver;

    /// <summary>Serves when it returns.</summary>
    /// <exception cref="Transport.TransportException">A listener's address cannot be had.</exception>
    /// <exception cref="IOException">The operator's address, or the place for hand-overs, cannot be had and was asked for.</exception>
    /// <param name="loaded">What to run under.</param>
    /// <param name="load">Reads the same files again.</param>
    /// <param name="predecessor">Whose listeners to go on with; it serves until nothing can fail here any more.</param>
    public static async Task<RunningNode> StartAsync(LoadedSettings loaded, Func<LoadedSettings> load, LogWriter log, Predecessor? predecessor)
    {
        AkkaLogger.Target = log;
        var settings = loaded.Settings;
        var telemetry = TelemetryExport.For(settings, log);
        var records = telemetry?.Spans ?? (ISessionLog)log;
        var (akka, loops) = (AkkaConfiguration(settings), settings.Node.Loops ?? 0);
        var gateway = predecessor is null ? GatewayHost.Start(settings, records, akka, loops) : GatewayHost.Succeed(predecessor.Estate, settings, records, akka, loops);
        AdminServer? admin = null;
        try
        {
            var reload = new NodeReload(gateway, loaded, load, log);
            // Made when somebody asks: a gateway without a door and without fellows starts without it.
            var answers = new Lazy<ClusterAnswers>(() => new ClusterAnswers(gateway, reload.RunAsync));
            gateway.Questions.Answer = (question, terms) => answers.Value.AnswerAsync(question, terms);
            var metrics = new GatewayMetrics(gateway, log, telemetry?.Spans);
            admin = await OpenAdminAsync(gateway, answers, metrics, log, predecessor?.Estate);
            var handover = HandoverDoor.Open(settings, predecessor?.Estate, log);
            if (predecessor is not null)
            {
                await gateway.OpenAsync();
                predecessor.TellServing();
            }
            telemetry?.Begin(metrics);
            return new(gateway, reload, admin, handover, telemetry, log);
        }
        catch
        {
            if (admin is not null)
                await admin.DisposeAsync();
            await gateway.DisposeAsync();
            if (telemetry is not null)
                await telemetry.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads the settings again. What comes of it is logged.</summary>
    public Task<ReloadOutcome> ReloadAsync() => _reload.RunAsync();

    /// <summary>Becomes the gateway that <paramref name="predecessor"/> was, if there was one, and hands itself over when it is asked to.</summary>
    /// <exception cref="HandoverException">The predecessor goes on after all.</exception>
    public async Task ServeAsync(Predecessor? predecessor)
    {
        if (predecessor is null)
            Begin();
        else
            await predecessor.FollowAsync(_gateway, released: () =>
            {
                _log.Write(LogLevelSetting.Info, "taken-over", $"goes on with the gateway of process {predecessor.Process}");
                Begin();
            });

        // Not before: until the predecessor has said who its successor is, the service manager listens to the predecessor alone.
        void Begin()
        {
            ServiceManager.Notify("READY=1");
            _ = _handover.ServeAsync(_gateway, Beside, LeaveAsync);
        }
    }

    public Task<bool> DrainAsync(TimeSpan patience, CancellationToken noMore)
    {
        _handover.Close();
        if (!HandedOver.IsCompleted)
            ServiceManager.Notify("STOPPING=1");
        return _gateway.DrainAsync(patience, noMore);
    }

    public async ValueTask DisposeAsync()
    {
        if (_admin is not null)
            await _admin.DisposeAsync();
        if (_telemetry is not null)
            await _telemetry.EndMetricsAsync();
        await _gateway.DisposeAsync();
        await _events.DisposeAsync();
        if (_telemetry is not null)
            await _telemetry.DisposeAsync();
        _handover.Dispose();
    }

    private Estate Beside() => new() { Admin = _gateway.Settings.Admin.Address is { } address && _admin is { } admin ? (address, admin.Door) : null };

    /// <summary>The service manager first: should this process die now, it is not the service any more. The successor tells metrics of its own.</summary>
    private async Task LeaveAsync(int successor)
    {
        ServiceManager.NotifyFollowed(successor);
        var admin = _admin?.DisposeAsync().AsTask() ?? Task.CompletedTask;
        _admin = null;
        await Task.WhenAll(admin, _gateway.LeaveClusterAsync(), _telemetry?.EndMetricsAsync().AsTask() ?? Task.CompletedTask);
    }

    private static async Task<AdminServer?> OpenAdminAsync(GatewayHost gateway, Lazy<ClusterAnswers> answers, GatewayMetrics metrics, LogWriter log, Estate? estate)
    {
        var settings = gateway.Settings.Admin;
        if (settings.Address is not { } address)
            return null;
        try
        {
            return await AdminServer.StartAsync(address, settings.Token, gateway, answers.Value, metrics, log, handed: estate?.TakeAdmin(address));
        }
        catch (IOException taken) when (settings.MayBeAbsent)
        {
            log.Write(LogLevelSetting.Warning, "admin", $"there is no operator's door: {taken.Message} (socks64.admin.address names another)");
            return null;
        }
    }

    /// <summary>The user's settings, under those that make Akka log into the gateway's own log and leave signals to it.</summary>
    private static Config AkkaConfiguration(GatewaySettings settings)
    {
        var level = settings.Log.Level.ToString().ToUpperInvariant();
        var own = ConfigurationFactory.ParseString($$"""
            akka {
              loggers = ["{{typeof(AkkaLogger).FullName}}, {{typeof(AkkaLogger).Assembly.GetName().Name}}"]
              loglevel = {{level}}
              stdout-loglevel = OFF
              coordinated-shutdown.run-by-clr-shutdown-hook = off
            }
            """);
        // What is told to a session whose client has just left is an ordinary event of every busy second.
        const string usual = "akka.log-dead-letters = off\n";
        return own.WithFallback(ConfigurationFactory.ParseString(usual + settings.Akka.Reveal()));
    }
}
