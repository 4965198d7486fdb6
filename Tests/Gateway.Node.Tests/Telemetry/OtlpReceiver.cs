using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Node.Tests.Telemetry;

/// <summary>Takes OTLP requests over HTTP or gRPC as they come, and answers as the test wants it.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpReceiver(WebApplication app) => _app = app;

    /// <summary>Path, headers and message of each request.</summary>
    public ConcurrentQueue<(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Message)> Requests { get; } = [];

    /// <summary>The HTTP status, or the gRPC status, of the next answers.</summary>
    public int Status { get; set; }

    /// <summary>The message of the next answers.</summary>
    public byte[] Answer { get; set; } = [];

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<OtlpReceiver> StartAsync(string protocol)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocol == "grpc" ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var app = builder.Build();
        var receiver = new OtlpReceiver(app) { Status = protocol == "grpc" ? 0 : 200 };
        app.Run(protocol == "grpc" ? receiver.AnswerGrpcAsync : receiver.AnswerHttpAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>The messages that came to a path that ends so.</summary>
    public IReadOnlyList<byte[]> Messages(string path) => [.. Requests.Where(request => request.Path.EndsWith(path, StringComparison.Ordinal)).Select(request => request.Message)];

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(true));
        await _app.DisposeAsync();
    }

    private async Task AnswerHttpAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        Requests.Enqueue((context.Request.Path, Headers(context), await BodyAsync(context)));
        await context.Response.Body.WriteAsync(Answer);
    }

    private async Task AnswerGrpcAsync(HttpContext context)
    {
        var (status, body) = (Status, await BodyAsync(context));
        Requests.Enqueue((context.Request.Path, Headers(context), body[5..]));
        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.Body.WriteAsync((byte[])[0, 0, 0, 0, (byte)Answer.Length, .. Answer]);
        context.Response.AppendTrailer("grpc-status", $"{status}");
    }

    /// <summary>The server uses its own again.</summary>
    private static Dictionary<string, string> Headers(HttpContext context) => context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());

    private static async Task<byte[]> BodyAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }
}
