using Gateway.Actors;
using Gateway.Node.Status;
using Gateway.Node.Status.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gateway.Node.Admin;

/// <summary>What can be asked: <c>GET /api/…</c>. <c>node</c> names a gateway of the cluster or <c>*</c>, for all; without it this one answers.</summary>
internal static class ApiRoutes
{
    public static void Map(IEndpointRouteBuilder routes, GatewayHost gateway, ClusterAnswers answers)
    {
        var api = routes.MapGroup("/api").WithTags("status");
        api.MapGet("/cluster", () => Results.Json(answers.Own.Cluster()))
            .Produces<ClusterJson>().WithSummary("The members of the cluster and the legs that are out of use, as this gateway sees them.");
        api.MapGet("/pulse", async (string? node) => Shown(await answers.Pulse(node ?? "*", NothingJson.Instance)))
            .AnswersOf<PulseJson>().WithSummary("A sign of life of each gateway within a second, or what stands in its way. All of them unless node names one.");
        api.MapGet("/gateways", async (string? node) => Shown(await answers.Node(node ?? "*", NothingJson.Instance)))
            .AnswersOf<NodeJson>().WithSummary("Each gateway: readiness with reasons, sessions by state, totals, setup times. All of them unless node names one.");
        api.MapGet("/chains", async (string? node) => Shown(await answers.Chains(node, NothingJson.Instance)))
            .AnswersOf<ChainsJson>().WithSummary("The declared chains: hops, candidates, legs, and whether some way stands.");
        api.MapGet("/routes", async (string? node) => Shown(await answers.Routes(node, NothingJson.Instance)))
            .AnswersOf<RoutesJson>().WithSummary("The routes; the first that matches decides.");
        api.MapGet("/sessions", async ([AsParameters] SessionQuery query, string? node) =>
                query.Problem is { } problem ? Bad(problem) : Shown(await answers.Sessions(node, query)))
            .AnswersOf<SessionsJson>().Produces<ErrorJson>(StatusCodes.Status400BadRequest)
            .WithSummary("Live sessions that match, in pages of each gateway.");
        api.MapGet("/associations", async ([AsParameters] SessionQuery query, string? node) =>
                query.Problem is { } problem ? Bad(problem) : Shown(await answers.Sessions(node, query with { Associations = true })))
            .AnswersOf<SessionsJson>().Produces<ErrorJson>(StatusCodes.Status400BadRequest)
            .WithSummary("Live UDP associations: the sessions that hold them.");
        api.MapGet("/flows", async (string? node) => Shown(await answers.Flows(node, NothingJson.Instance)))
            .AnswersOf<FlowsJson>().WithSummary("Octets and live sessions by leg, from clients through chains to destinations. All gateways together tell of each session once.");
        api.MapGet("/address-ids", async (string? node) => Shown(await answers.AddressIds(node, NothingJson.Instance)))
            .AnswersOf<AddressIdsJson>().WithSummary("ADDRESS IDs with owner and target, 500 of each gateway at most.");
        api.MapGet("/explain", async ([AsParameters] ExplainQuery query, string? node) =>
                query.TryRead(out _, out _, out _, out var problem) ? Shown(await answers.Explain(node, query)) : Bad(problem))
            .AnswersOf<ExplainJson>().Produces<ErrorJson>(StatusCodes.Status400BadRequest)
            .WithSummary("What a gateway would do with a request, and why.");
        api.MapGet("/events/recent", async (long? after, string? node) => Shown(await answers.Events(node, new EventsQuery(after ?? 0))))
            .AnswersOf<EventsJson>().WithSummary("Events that are kept, oldest first, 200 of each gateway at most.");
    }

    private static RouteHandlerBuilder AnswersOf<T>(this RouteHandlerBuilder route) =>
        route.Produces<NodesJson<T>>().Produces<ErrorJson>(StatusCodes.Status404NotFound);

    internal static IResult Shown<T>(NodesJson<T> answers) =>
        answers.Nodes.Count == 0 ? Nobody : Results.Json(answers);

    internal static IResult Nobody => Results.Json(new ErrorJson("no gateway of that name is a member"), statusCode: StatusCodes.Status404NotFound);

    internal static IResult Bad(string problem) => Results.Json(new ErrorJson(problem), statusCode: StatusCodes.Status400BadRequest);
}
