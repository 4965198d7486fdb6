using Gateway.Node.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Prometheus;

namespace Gateway.Node.Admin.Metrics;

/// <summary><c>GET /metrics</c>: for Prometheus.</summary>
internal static class MetricsRoutes
{
    public static void Map(IEndpointRouteBuilder routes, GatewayMetrics metrics)
    {
        // Made with the first scrape: a gateway that nobody scrapes has no use for it.
        var prometheus = new Lazy<PrometheusMetrics>(() => new PrometheusMetrics(metrics));
        routes.MapGet("/metrics", async context =>
        {
            context.Response.ContentType = PrometheusConstants.TextContentTypeWithVersionAndEncoding;
            await prometheus.Value.Registry.CollectAndExportAsTextAsync(context.Response.Body, ExpositionFormat.PrometheusText, context.RequestAborted);
        }).ExcludeFromDescription();
    }
}
