using System.Text.Json;

namespace Gateway.Node.Tests.Telemetry;

/// <summary>A span as the receiver has understood it (OTLP's JSON).</summary>
internal sealed record DashboardSpan(string Node, string Trace, string Id, string? Parent, string Name, bool IsError, IReadOnlyDictionary<string, string> Attributes)
{
    public static IEnumerable<DashboardSpan> Of(JsonElement resourceSpans)
    {
        var resource = Values(resourceSpans.GetProperty("resource"));
        foreach (var scope in resourceSpans.GetProperty("scopeSpans").EnumerateArray())
            foreach (var span in scope.GetProperty("spans").EnumerateArray())
                yield return new(
                    resource["service.instance.id"], Text(span, "traceId")!, Text(span, "spanId")!, Text(span, "parentSpanId") is { Length: > 0 } parent ? parent : null,
                    Text(span, "name")!, span.TryGetProperty("status", out var status) && status.TryGetProperty("code", out var code) && code.ToString() is "2" or "STATUS_CODE_ERROR",
                    Values(span));
    }

    public override string ToString() => $"{Node} {Name} {Id} < {Parent}{(IsError ? " error" : "")}";

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static Dictionary<string, string> Values(JsonElement element) => element.TryGetProperty("attributes", out var attributes)
        ? attributes.EnumerateArray().ToDictionary(pair => pair.GetProperty("key").GetString()!, pair => pair.GetProperty("value").EnumerateObject().Single().Value.ToString())
        : [];
}
