using System.Net;
using System.Net.Sockets;
using Gateway.Actors;
using Gateway.Actors.Settings;
using Gateway.Node.Admin.Dashboard;
using Gateway.Node.Admin.Gate;
using Gateway.Node.Admin.Metrics;
using Gateway.Node.Logging;
using Gateway.Node.Metrics;
using Gateway.Node.Status;
using Gateway.Protocol;
using Gateway.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Node.Admin;

/// <summary>The operator's HTTP door (docs/admin.md): health, metrics, the API, the dashboard.</summary>
internal sealed class AdminServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AdminServer(WebApplication app, SafeFileHandle door) =>
        (_app, Door, Address) = (app, door, new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()));

    /// <summary>The listening socket, for a process that goes on with it.</summary>
    public SafeFileHandle Door { get; }

    /// <summary><c>http://127.0.0.1:8558/</c>, with the true port.</summary>
    public Uri Address { get; }

    /// <summary>Listens and answers from here on.</summary>
    /// <param name="handed">A socket that listens there already, which this takes over.</param>
    /// <exception cref="IOException">The address cannot be had.</exception>
    public static async Task<AdminServer> StartAsync(
        LiteralEndpoint address, Secret? token, GatewayHost gateway, ClusterAnswers answers, GatewayMetrics metrics, LogWriter log, TimeProvider? time = null, SafeFileHandle? handed = null)
    {
        var door = handed;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        // The runtime borrows the descriptor: closing one that it owns would alter the socket for the process that goes on with it too.
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = endpoint =>
            new Socket(new SafeSocketHandle((door ??= Bind(endpoint)).DangerousGetHandle(), ownsHandle: false)));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 512;
            kestrel.Limits.MaxRequestBodySize = 64 << 10;
            kestrel.Listen(new IPEndPoint(address.ToIPEndPoint().Address, address.Port));
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddOpenApi("openapi", ApiDocument.Describe);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, StatusJson.Default);
            json.SerializerOptions.PropertyNamingPolicy = StatusJson.Default.Options.PropertyNamingPolicy;
            json.SerializerOptions.DefaultIgnoreCondition = StatusJson.Default.Options.DefaultIgnoreCondition;
        });
        builder.Services.AddSingleton<IHostLifetime, ProcessLifetime>();
        builder.Logging.AddProvider(new AdminLogging(log));

        var app = builder.Build();
        var gate = new AdminGate(token, time ?? TimeProvider.System);
        app.Use(gate.PassAsync);
        app.UseRouting();
        DashboardRoutes.Map(app);
        HealthRoutes.Map(app, gateway);
        LoginRoutes.Map(app, gate);
        MetricsRoutes.Map(app, metrics);
        ApiRoutes.Map(app, gateway, answers);
        ActionRoutes.Map(app, answers);
        EventRoutes.Map(app, gateway, answers);
        app.MapOpenApi("/api/{documentName}.json");
        app.UseEndpoints(static _ => { });
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            door?.Dispose();
            throw;
        }
        return new AdminServer(app, door!);
    }

    /// <summary>Answers what it is being asked, for a moment, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
        Door.Dispose();
    }

    private static SafeFileHandle Bind(EndPoint endpoint)
    {
        using var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        return DescriptorChannel.Duplicate(socket.SafeHandle);
    }
}
