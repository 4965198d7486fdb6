using Gateway.Node.Status;
using Gateway.Node.Status.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gateway.Node.Admin;

/// <summary>What can be done: <c>POST /api/…</c>, and nothing by GET.</summary>
internal static class ActionRoutes
{
    public static void Map(IEndpointRouteBuilder routes, ClusterAnswers answers)
    {
        var api = routes.MapGroup("/api").WithTags("actions");
        Describe(api.MapPost("/drain", async (string? node) => Done(await answers.Drain(node, NothingJson.Instance))),
            "Take no new clients, and let the live sessions go on. The other members pick this gateway no more.");
        Describe(api.MapPost("/undrain", async (string? node) => Done(await answers.Undrain(node, NothingJson.Instance))),
            "Take new clients again, at the addresses of before.");
        api.MapPost("/reload", async (string? node) => Done(await answers.Reload(node, NothingJson.Instance)))
            .Produces<NodesJson<ReloadJson>>().Produces<NodesJson<ReloadJson>>(StatusCodes.Status409Conflict).Produces<ErrorJson>(StatusCodes.Status404NotFound)
            .WithSummary("Read the settings again. Wrong ones change nothing; live sessions keep those they began with.");
        Describe(api.MapPost("/sessions/{id:long}/close", async (long id, string? node) => node == "*"
                ? ApiRoutes.Bad("a session's number belongs to one gateway; name it")
                : Done(await answers.Close(node, new CloseQuery(id)))),
            "End one session at once.");
        DescribeEjection(api.MapPost("/gateways/{name}/eject", async (string name, string? node) => Ejected(name, await answers.Eject(node, new ServerQuery(name)))),
            "Take a gateway, a member or one of the settings, out of the chains of the asked gateways until it is restored or they end. New connections avoid it.");
        DescribeEjection(api.MapPost("/gateways/{name}/restore", async (string name, string? node) => Ejected(name, await answers.Restore(node, new ServerQuery(name)))),
            "Let an ejected gateway serve in chains again.");
    }

    private static void DescribeEjection(RouteHandlerBuilder route, string summary) => route
        .Produces<NodesJson<EjectionJson>>().Produces<NodesJson<EjectionJson>>(StatusCodes.Status409Conflict).Produces<ErrorJson>(StatusCodes.Status404NotFound)
        .WithSummary(summary);

    /// <summary>404 when the name is of no server anywhere. Of several gateways those that do not know it have nothing to do: settings may differ.</summary>
    private static IResult Ejected(string name, NodesJson<EjectionJson> answers)
    {
        if (answers.Nodes.All(answer => answer.Done is null) && answers.Nodes.Any(answer => answer.Known is not null))
        {
            var known = answers.Nodes.SelectMany(answer => answer.Known ?? []).Distinct().Order(StringComparer.Ordinal);
            return Results.Json(new ErrorJson($"there is no gateway {name}; there are {string.Join(", ", known)}"), statusCode: StatusCodes.Status404NotFound);
        }
        return Done(new NodesJson<EjectionJson>([.. answers.Nodes.Select(answer => answer.Known is null ? answer : new(answer.Node, null, $"has no gateway {name} in its chains", null))]));
    }

    private static void Describe(RouteHandlerBuilder route, string summary) => route
        .Produces<NodesJson<ActionJson>>().Produces<NodesJson<ActionJson>>(StatusCodes.Status409Conflict).Produces<ErrorJson>(StatusCodes.Status404NotFound)
        .WithSummary(summary);

    /// <summary>409 when some gateway has not done it; which, and why, stands in the answer.</summary>
    private static IResult Done<T>(NodesJson<T> answers) where T : INodeAnswer => answers.Nodes.Any(answer => answer.Error is not null)
        ? Results.Json(answers, statusCode: StatusCodes.Status409Conflict)
        : ApiRoutes.Shown(answers);
}
