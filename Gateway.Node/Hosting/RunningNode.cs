using Akka.Configuration;
using Gateway.Actors;
using Gateway.Actors.Reloading;
using Gateway.Actors.Settings;
using Gateway.Node.Logging;
using Gateway.Protocol;

namespace Gateway.Node.Hosting;

/// <summary>The gateway of this process with its log.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private readonly GatewayHost _gateway;
    private readonly NodeReload _reload;

    private RunningNode(GatewayHost gateway, NodeReload reload) => (_gateway, _reload) = (gateway, reload);

    /// <summary>Those in force.</summary>
    public GatewaySettings Settings => _gateway.Settings;

    public string Name => _gateway.Settings.Node.Name;

    public IReadOnlyList<LiteralEndpoint> Listening => _gateway.Listening;

    public int Sessions => _gateway.Sessions;

    /// <exception cref="Transport.TransportException">A listener's address cannot be had.</exception>
    /// <param name="loaded">What to run under.</param>
    /// <param name="load">Reads the same files again.</param>
    public static RunningNode Start(LoadedSettings loaded, Func<LoadedSettings> load, LogWriter log)
    {
        AkkaLogger.Target = log;
        var settings = loaded.Settings;
        var gateway = GatewayHost.Start(settings, log, AkkaConfiguration(settings), settings.Node.Loops ?? 0);
        return new(gateway, new NodeReload(gateway, loaded, load, log));
    }

    /// <summary>Reads the settings again. What comes of it is logged.</summary>
    public Task<ReloadOutcome> ReloadAsync() => _reload.RunAsync();

    public Task<bool> DrainAsync(TimeSpan patience, CancellationToken noMore)
    {
        ServiceManager.Notify("STOPPING=1");
        return _gateway.DrainAsync(patience, noMore);
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

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
