using Akka.Configuration;
using Gateway.Actors;
using Gateway.Actors.Reloading;
using Gateway.Actors.Settings;
using Gateway.Node.Admin;
using Gateway.Node.Logging;
using Gateway.Node.Status;
using Gateway.Protocol;

namespace Gateway.Node.Hosting;

/// <summary>The gateway of this process with its log and its operator's door.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private readonly GatewayHost _gateway;
    private readonly NodeReload _reload;
    private readonly AdminServer? _admin;

    private RunningNode(GatewayHost gateway, NodeReload reload, AdminServer? admin) => (_gateway, _reload, _admin) = (gateway, reload, admin);

    /// <summary>Those in force.</summary>
    public GatewaySettings Settings => _gateway.Settings;

    public string Name => _gateway.Settings.Node.Name;

    public IReadOnlyList<LiteralEndpoint> Listening => _gateway.Listening;

    public int Sessions => _gateway.Sessions;

    /// <summary>Where the operator is answered; null when nowhere.</summary>
    public Uri? Admin => _admin?.Address;

    /// <exception cref="Transport.TransportException">A listener's address cannot be had.</exception>
    /// <exception cref="IOException">The operator's address cannot be had, and was asked for.</exception>
    /// <param name="loaded">What to run under.</param>
    /// <param name="load">Reads the same files again.</param>
    public static async Task<RunningNode> StartAsync(LoadedSettings loaded, Func<LoadedSettings> load, LogWriter log)
    {
        AkkaLogger.Target = log;
        var settings = loaded.Settings;
        var gateway = GatewayHost.Start(settings, log, AkkaConfiguration(settings), settings.Node.Loops ?? 0);
        try
        {
            var reload = new NodeReload(gateway, loaded, load, log);
            // Made when somebody asks: a gateway without a door and without fellows starts without it.
            var answers = new Lazy<ClusterAnswers>(() => new ClusterAnswers(gateway, reload.RunAsync));
            gateway.Questions.Answer = (question, terms) => answers.Value.AnswerAsync(question, terms);
            return new(gateway, reload, await OpenAdminAsync(gateway, answers, log));
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads the settings again. What comes of it is logged.</summary>
    public Task<ReloadOutcome> ReloadAsync() => _reload.RunAsync();

    public Task<bool> DrainAsync(TimeSpan patience, CancellationToken noMore)
    {
        ServiceManager.Notify("STOPPING=1");
        return _gateway.DrainAsync(patience, noMore);
    }

    public async ValueTask DisposeAsync()
    {
        if (_admin is not null)
            await _admin.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    private static async Task<AdminServer?> OpenAdminAsync(GatewayHost gateway, Lazy<ClusterAnswers> answers, LogWriter log)
    {
        var settings = gateway.Settings.Admin;
        if (settings.Address is not { } address)
            return null;
        try
        {
            return await AdminServer.StartAsync(address, settings.Token, gateway, answers.Value, log);
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
