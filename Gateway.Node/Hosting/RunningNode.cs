using Akka.Configuration;
using Gateway.Actors;
using Gateway.Actors.Settings;
using Gateway.Node.Logging;
using Gateway.Protocol;

namespace Gateway.Node.Hosting;

/// <summary>The gateway of this process with its log.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private readonly GatewayHost _gateway;

    private RunningNode(GatewayHost gateway) => _gateway = gateway;

    public string Name => _gateway.Settings.Node.Name;

    public IReadOnlyList<LiteralEndpoint> Listening => _gateway.Listening;

    public int Sessions => _gateway.Sessions;

    /// <exception cref="Transport.TransportException">A listener's address cannot be had.</exception>
    public static RunningNode Start(GatewaySettings settings, LogWriter log)
    {
        AkkaLogger.Target = log;
        return new(GatewayHost.Start(settings, log, AkkaConfiguration(settings), settings.Node.Loops ?? 0));
    }

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
