using System.Globalization;
using System.Text.Json;
using Gateway.Actors;
using Gateway.Actors.Status;
using Gateway.Node.Status;
using Gateway.Node.Status.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Gateway.Node.Admin;

/// <summary>
/// <c>GET /api/events</c>: what happens at this gateway, as server-sent events (WHATWG HTML §9.2). A reader that comes back goes on where it
/// was. A comment now and then shows both sides that the other is there.
/// </summary>
internal static class EventRoutes
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder routes, GatewayHost gateway) => routes
        .MapGet("/api/events", (long? after, [FromHeader(Name = "Last-Event-ID")] long? last, HttpContext context) =>
            FollowAsync(gateway.Status.Events, last ?? after ?? 0, context.Response, context.RequestAborted))
        .Produces<EventJson>(StatusCodes.Status200OK, "text/event-stream")
        .WithTags("status").WithSummary("Events as they happen, as server-sent events; behind the one with the number after, or Last-Event-ID.");

    private static async Task FollowAsync(GatewayEvents events, long after, HttpResponse response, CancellationToken gone)
    {
        response.ContentType = "text/event-stream";
        using var subscription = events.Subscribe(after);
        try
        {
            for (var isOpen = true; isOpen;)
            {
                while (subscription.Events.TryRead(out var news))
                    await WriteAsync(response, news, gone);
                await response.WriteAsync(": alive\n\n", gone);
                await response.Body.FlushAsync(gone);
                isOpen = await HasNewsAsync(subscription, gone);
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The reader has left.
        }
    }

    private static Task WriteAsync(HttpResponse response, GatewayEvent news, CancellationToken gone)
    {
        var json = EventJson.Of(news);
        return response.WriteAsync(
            string.Create(CultureInfo.InvariantCulture, $"id: {json.Number}\nevent: {json.Kind}\ndata: {JsonSerializer.Serialize(json, StatusJson.Default.EventJson)}\n\n"), gone);
    }

    /// <summary>Waits for news, or until it is time to say that one is there. False when there will be none.</summary>
    private static async Task<bool> HasNewsAsync(EventSubscription subscription, CancellationToken gone)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(gone);
        silence.CancelAfter(Silence);
        try
        {
            return await subscription.Events.WaitToReadAsync(silence.Token);
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            return true;
        }
    }
}
