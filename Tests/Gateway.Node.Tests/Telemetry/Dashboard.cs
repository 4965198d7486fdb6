using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Testing;

namespace Gateway.Node.Tests.Telemetry;

/// <summary>The Aspire dashboard, which takes OTLP and tells what came as JSON.</summary>
internal sealed class Dashboard : IDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("socks64-");
    private readonly Dictionary<string, string> _addresses = [];
    private readonly HttpClient _http = new();

    private Dashboard()
    {
        var start = new ProcessStartInfo(Program!) { RedirectStandardOutput = true, WorkingDirectory = _folder.FullName };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        start.Environment["HOME"] = _folder.FullName;
        _process = Process.Start(start)!;
    }

    /// <summary>Null where there is none for this machine.</summary>
    public static string? Program { get; } = typeof(Dashboard).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .SingleOrDefault(one => one.Key == "AspireDashboard" && File.Exists(one.Value))?.Value;

    private static Dictionary<string, string> Environment { get; } = new()
    {
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://127.0.0.1:0",
        ["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = "http://127.0.0.1:0",
        ["ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS"] = "true",
        ["ASPIRE_DASHBOARD_TELEMETRY_OPTOUT"] = "true",
        ["DASHBOARD__API__ENABLED"] = "true",
        ["DASHBOARD__API__AUTHMODE"] = "Unsecured",
    };

    public static async Task<Dashboard> StartAsync()
    {
        var dashboard = new Dashboard();
        while (dashboard._addresses.Count < 3)
        {
            var line = await dashboard._process.StandardOutput.ReadLineAsync().WaitAsync(Eventually.Patience) ?? throw new EndOfStreamException("the dashboard has ended");
            if (line.Split(" listening on: ") is [var what, var address])
                dashboard._addresses[what.Trim()] = address;
        }
        _ = dashboard._process.StandardOutput.ReadToEndAsync();
        return dashboard;
    }

    /// <param name="protocol">As in the settings.</param>
    public string Endpoint(string protocol) => _addresses[protocol == "grpc" ? "OTLP/gRPC" : "OTLP/HTTP"];

    /// <summary>Its spans of all traces, once there are so many.</summary>
    public async Task<IReadOnlyList<DashboardSpan>> SpansAsync(int count)
    {
        List<DashboardSpan> spans = [];
        await Eventually.Holds(async () =>
        {
            await Task.Delay(50);
            var answer = JsonDocument.Parse(await _http.GetStringAsync($"{_addresses["Now"]}/api/telemetry/spans")).RootElement;
            spans = [.. answer.GetProperty("data").GetProperty("resourceSpans").EnumerateArray().SelectMany(DashboardSpan.Of)];
            return spans.Count >= count;
        }, () => $"{spans.Count} spans have come: {string.Join('\n', spans)}");
        return spans;
    }

    public void Dispose()
    {
        _http.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
