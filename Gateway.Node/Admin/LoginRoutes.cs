using Gateway.Node.Admin.Gate;
using Gateway.Node.Status.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gateway.Node.Admin;

/// <summary>For browsers, which cannot send a token with every request: a login gives them a cookie.</summary>
internal static class LoginRoutes
{
    public static void Map(IEndpointRouteBuilder routes, AdminGate gate)
    {
        routes.MapPost("/login", (LoginJson login, HttpContext context) => gate.LogIn(context, login.Token)).ExcludeFromDescription();
        routes.MapPost("/logout", (HttpContext context) =>
        {
            gate.LogOut(context);
            return Results.NoContent();
        }).ExcludeFromDescription();
    }
}
