using Gateway.Actors;
using Gateway.Node.Logging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Prometheus;

namespace Gateway.Node.Admin.Metrics;

/// <summary><c>GET /metrics</c>: for Prometheus.</summary>
internal static class MetricsRoutes
{
    public static void Map(IEndpointRouteBuilder routes, GatewayHost gateway, LogWriter log)
    {
        // Made with the first scrape: a gateway that nobody scrapes has no use for it.
        var metrics = new Lazy<GatewayMetrics>(() => new GatewayMetrics(gateway, log));
        routes.MapGet("/metrics", async context =>
        {
            context.Response.ContentType = PrometheusConstants.TextContentTypeWithVersionAndEncoding;
            await metrics.Value.Registry.CollectAndExportAsTextAsync(context.Response.Body, ExpositionFormat.PrometheusText, context.RequestAborted);
        }).ExcludeFromDescription();
    }
}
