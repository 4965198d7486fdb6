using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gateway.Node.Admin.Dashboard;

/// <summary>The dashboard: its page at <c>/</c> and the files that the page asks for, all of them part of this assembly.</summary>
internal static class DashboardRoutes
{
    private const string Page = "/dashboard/index.html";

    private static readonly FrozenDictionary<string, byte[]> Files = typeof(DashboardRoutes).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("dashboard/", StringComparison.Ordinal))
        .ToFrozenDictionary(name => $"/{name}", Read);

    /// <summary>Whether the path is one of them. They are the same everywhere and tell nothing of this gateway.</summary>
    public static bool IsFile(PathString path) => path.Value is { } asked && (asked == "/" || Files.ContainsKey(asked));

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Bytes(Files[Page], TypeOf(Page))).ExcludeFromDescription();
        foreach (var (path, octets) in Files)
            routes.MapGet(path, () => Results.Bytes(octets, TypeOf(path))).ExcludeFromDescription();
    }

    private static byte[] Read(string name)
    {
        using var resource = typeof(DashboardRoutes).Assembly.GetManifestResourceStream(name)!;
        var octets = new byte[resource.Length];
        resource.ReadExactly(octets);
        return octets;
    }

    private static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"the dashboard has no files of the kind {other}"),
    };
}
