using Gateway.Actors;
using Gateway.Node.Admin.Gate;
using Gateway.Node.Status.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gateway.Node.Admin;

/// <summary>For supervisors and load balancers: <c>/healthz</c>, the process serves; <c>/readyz</c>, it can do all that its settings promise.</summary>
internal static class HealthRoutes
{
    public static void Map(IEndpointRouteBuilder routes, GatewayHost gateway)
    {
        routes.MapGet("/healthz", static () => Results.Text("ok\n")).ExcludeFromDescription();
        routes.MapGet("/readyz", (HttpContext context) =>
        {
            var obstacles = gateway.Obstacles;
            return Results.Json(
                new ReadyJson(obstacles.Count == 0, AdminGate.IsKnown(context) ? obstacles : null),
                statusCode: obstacles.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).ExcludeFromDescription();
    }
}
