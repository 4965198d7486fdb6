using System.Globalization;
using System.Net;
using Gateway.Actors.Access;
using Gateway.Actors.Settings;
using Gateway.Node.Admin.Dashboard;
using Gateway.Node.Status.Json;
using Gateway.Protocol;
using Microsoft.AspNetCore.Http;

namespace Gateway.Node.Admin.Gate;

/// <summary>
/// Who is let in, in this order: 1. the Host header is that of this gateway, so that no web page can reach it by a name of its own (DNS
/// rebinding); 2. a browser does not ask on behalf of another site; 3. the token, when there is one, as a bearer's (RFC 6750) or as the
/// cookie of a login. Health is told to everybody, its reasons are not; and
/// everybody gets the dashboard's files, which ask for the token and tell nothing.
/// </summary>
internal sealed class AdminGate(Secret? token, TimeProvider time)
{
    private static readonly object Known = new();

    private readonly GuessThrottle _guesses = new();
    private readonly TokenCheck? _token = token is null ? null : new TokenCheck(token, time);

    /// <summary>Whether the request proved that it comes from the operator.</summary>
    public static bool IsKnown(HttpContext context) => context.Items.ContainsKey(Known);

    public Task PassAsync(HttpContext context, RequestDelegate next)
    {
        Harden(context.Response.Headers);
        if (!IsMeant(context))
            return RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "this gateway has no such name; ask it by its address");
        if (IsForeign(context.Request))
            return RefuseAsync(context, StatusCodes.Status403Forbidden, "requests on behalf of other sites are refused");
        if (IsAuthenticated(context, out var mustWait))
            context.Items[Known] = true;
        else if (mustWait)
            return RefuseAsync(context, StatusCodes.Status429TooManyRequests, "too many wrong tokens from this address");
        else if (!IsOpenToAll(context.Request))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return RefuseAsync(context, StatusCodes.Status401Unauthorized, "a token is needed: Authorization: Bearer …");
        }
        return next(context);
    }

    /// <summary>Gives whoever knows the token a cookie for the browser.</summary>
    public IResult LogIn(HttpContext context, string offered)
    {
        if (_token is null)
            return Results.NoContent();
        var guesser = GuesserOf(context);
        if (guesser.MustWait)
            return Results.Json(new ErrorJson("too many wrong tokens from this address"), statusCode: StatusCodes.Status429TooManyRequests);
        if (!_token.IsToken(offered))
        {
            guesser.Failed();
            return Results.Json(new ErrorJson("this is not the token"), statusCode: StatusCodes.Status401Unauthorized);
        }
        guesser.Succeeded();
        context.Response.Cookies.Append(CookieOf(context), _token.NewCookie(), Options(context, TokenCheck.CookieLife));
        return Results.NoContent();
    }

    public void LogOut(HttpContext context) => context.Response.Cookies.Delete(CookieOf(context), Options(context, null));

    private bool IsAuthenticated(HttpContext context, out bool mustWait)
    {
        mustWait = false;
        if (_token is null)
            return true;
        if (context.Request.Cookies[CookieOf(context)] is { } cookie && _token.IsCookie(cookie))
            return true;
        if (context.Request.Headers.Authorization.ToString() is not { Length: > 0 } authorization)
            return false;
        var guesser = GuesserOf(context);
        mustWait = guesser.MustWait;
        if (mustWait)
            return false;
        if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && _token.IsToken(authorization["Bearer ".Length..].Trim()))
        {
            guesser.Succeeded();
            return true;
        }
        guesser.Failed();
        return false;
    }

    /// <summary>
    /// Without a token the Host must be an address of this machine or <c>localhost</c>. With one it may be any name: a site that
    /// rebinds its name to this address has neither the token nor the cookie.
    /// </summary>
    private bool IsMeant(HttpContext context)
    {
        if (_token is not null)
            return true;
        var host = context.Request.Host.Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.AsSpan().Trim("[]"), out var address) && (IPAddress.IsLoopback(address) || address.Equals(context.Connection.LocalIpAddress)));
    }

    /// <summary>What a browser says of where a request comes from; a link that somebody follows to the pages themselves is no danger.</summary>
    private static bool IsForeign(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site and not ("same-origin" or "none"))
            return !(HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate" && !request.Path.StartsWithSegments("/api"));
        return request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && HostString.FromUriComponent(from).Value == request.Host.Value);
    }

    private static bool IsOpenToAll(HttpRequest request) =>
        request.Path.Value is "/healthz" or "/readyz" or "/login" || (HttpMethods.IsGet(request.Method) && DashboardRoutes.IsFile(request.Path));

    private static void Harden(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
    }

    private static Task RefuseAsync(HttpContext context, int code, string why) =>
        Results.Json(new ErrorJson(why), statusCode: code).ExecuteAsync(context);

    /// <summary>Cookies know no ports, and several gateways may share a host.</summary>
    private static string CookieOf(HttpContext context) => string.Create(CultureInfo.InvariantCulture, $"socks64-{context.Connection.LocalPort}");

    private static CookieOptions Options(HttpContext context, TimeSpan? life) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        MaxAge = life,
        Path = "/",
    };

    private Guesser GuesserOf(HttpContext context) =>
        new(_guesses, ClientKey.Of(IpLiteral.From(context.Connection.RemoteIpAddress ?? IPAddress.None).Canonical), () => time.GetElapsedTime(0));
}
