using Microsoft.Extensions.Hosting;

namespace Gateway.Node.Admin;

/// <summary>The process lives and ends with the gateway: signals are none of the HTTP server's business.</summary>
internal sealed class ProcessLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
