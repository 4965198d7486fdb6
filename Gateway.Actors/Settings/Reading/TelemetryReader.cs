namespace Gateway.Actors.Settings.Reading;

/// <summary><c>socks64.telemetry</c>. Headers and resource are written as in OTEL_EXPORTER_OTLP_HEADERS and OTEL_RESOURCE_ATTRIBUTES.</summary>
internal static class TelemetryReader
{
    public static TelemetrySettings Read(SettingsSection section, TelemetrySettings defaults) => new()
    {
        Endpoint = ReadEndpoint(section),
        Protocol = section.Choice("protocol", defaults.Protocol),
        Headers = ReadHeaders(section),
        Sampling = section.Fraction("sampling", defaults.Sampling),
        Clients = section.Switch("clients", defaults.Clients),
        Metrics = section.DurationOrOff("metrics", defaults.Metrics),
        Resource = ReadResource(section),
    };

    private static Uri? ReadEndpoint(SettingsSection section)
    {
        if (section.Text("endpoint") is not { Length: > 0 } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https" && endpoint.UserInfo == "" && endpoint.Query == "")
            return endpoint;
        // What stands before an @ is a login.
        section.Report("endpoint", "not an address such as \"http://127.0.0.1:4317\", without a login and a query");
        return null;
    }

    private static IReadOnlyList<(string Name, Secret Value)> ReadHeaders(SettingsSection section)
    {
        if (section.Secret("headers") is not { } text)
            return [];
        if (Pairs(text.Reveal()) is { } pairs && pairs.All(pair => IsHeader(pair.Name, pair.Value)))
            return [.. pairs.Select(pair => (pair.Name, new Secret(pair.Value)))];
        section.Report("headers", "not names and values such as \"authorization=Bearer%20KEY,x-scope=lab\"");
        return [];
    }

    private static IReadOnlyList<(string Name, string Value)> ReadResource(SettingsSection section)
    {
        if (section.Text("resource") is not { Length: > 0 } text)
            return [];
        if (Pairs(text) is { } pairs)
            return pairs;
        section.Report("resource", $"\"{text}\" is not names and values such as \"deployment.environment.name=lab,service.namespace=edge\"");
        return [];
    }

    /// <summary>W3C Baggage without properties: <c>name=value,name=value</c>, values percent-encoded. Null when it is something else.</summary>
    private static IReadOnlyList<(string Name, string Value)>? Pairs(string text)
    {
        List<(string, string)> pairs = [];
        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length < 2 || parts[0].Length == 0)
                return null;
            pairs.Add((parts[0], Uri.UnescapeDataString(parts[1])));
        }
        return pairs;
    }

    private static bool IsHeader(string name, string value) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && value.All(c => c is >= ' ' and <= '~');
}
