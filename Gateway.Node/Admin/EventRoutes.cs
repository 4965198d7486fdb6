using System.Text.Json;
using Gateway.Actors;
using Gateway.Node.Status;
using Gateway.Node.Status.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Gateway.Node.Admin;

/// <summary>
/// <c>GET /api/events</c>: what happens at the gateways that are asked for, as server-sent events (WHATWG HTML §9.2). A reader that comes
/// back goes on where it was. A comment now and then shows both sides that the other is there.
/// </summary>
internal static class EventRoutes
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder routes, GatewayHost gateway, ClusterAnswers answers) => routes
        .MapGet("/api/events", (string? node, string? after, [FromHeader(Name = "Last-Event-ID")] string? last, HttpContext context) =>
            FollowAsync(gateway, answers, node, last ?? after ?? "", context))
        .Produces<EventJson>(StatusCodes.Status200OK, "text/event-stream")
        .Produces<ErrorJson>(StatusCodes.Status400BadRequest).Produces<ErrorJson>(StatusCodes.Status404NotFound)
        .WithTags("status").WithSummary("Events as they happen, as server-sent events; behind the one with the id after, or Last-Event-ID. First the latest that are kept.");

    private static async Task<IResult> FollowAsync(GatewayHost gateway, ClusterAnswers answers, string? node, string last, HttpContext context)
    {
        if (!EventPlaces.TryParse(last, out var places))
            return ApiRoutes.Bad($"\"{last}\" is not the id of an event of this stream");
        if (node is not (null or "*") && !Names().Any())
            return ApiRoutes.Nobody;
        context.Response.ContentType = "text/event-stream";
        await WriteAsync(new ClusterEvents(answers, Names, places), context.Response, context.RequestAborted);
        return Results.Empty;

        IEnumerable<string> Names() => node is null ? [answers.Own.Name] : gateway.Topology.Current.Members.Select(member => member.Name).Where(name => node == "*" || name == node).Distinct();
    }

    private static async Task WriteAsync(ClusterEvents events, HttpResponse response, CancellationToken gone)
    {
        try
        {
            await foreach (var next in events.FollowAsync(Silence, gone))
            {
                if (next is ({ } news, { } places))
                    await response.WriteAsync($"id: {places}\nevent: {news.Kind}\ndata: {JsonSerializer.Serialize(news, StatusJson.Default.EventJson)}\n\n", gone);
                else
                {
                    await response.WriteAsync(": alive\n\n", gone);
                    await response.Body.FlushAsync(gone);
                }
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The reader has left.
        }
    }
}
