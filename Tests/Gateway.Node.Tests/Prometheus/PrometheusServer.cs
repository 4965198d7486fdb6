using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Testing;

namespace Gateway.Node.Tests.Prometheus;

/// <summary>A real Prometheus with the sample configuration of <c>packaging/</c>, scraping often, and asked through its own API.</summary>
internal sealed partial class PrometheusServer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("socks64-");
    private readonly Process _process;
    private readonly HttpClient _http = new();

    private PrometheusServer(IReadOnlyList<Uri> targets)
    {
        var configuration = File.ReadAllText(Path.Join(Packaging, "prometheus.yml")).Replace("15s", "1s", StringComparison.Ordinal)
            .Replace("\"127.0.0.1:8558\"", string.Join(", ", targets.Select(target => $"\"{target.Authority}\"")), StringComparison.Ordinal);
        File.WriteAllText(Path.Join(_folder.FullName, "prometheus.yml"), configuration);
        File.Copy(Path.Join(Packaging, "socks64.rules.yml"), Path.Join(_folder.FullName, "socks64.rules.yml"));
        _process = Process.Start(new ProcessStartInfo("prometheus",
            [$"--config.file={_folder.FullName}/prometheus.yml", $"--storage.tsdb.path={_folder.FullName}/data", "--web.listen-address=127.0.0.1:0"])
        {
            RedirectStandardError = true,
        })!;
    }

    public static string Packaging => Path.Join(Repository, "packaging/prometheus");

    public static string Repository { get; } = FindRepository();

    public static async Task<PrometheusServer> StartAsync(params IReadOnlyList<Uri> targets)
    {
        var server = new PrometheusServer(targets);
        while (server._http.BaseAddress is null)
        {
            var line = await server._process.StandardError.ReadLineAsync().WaitAsync(Eventually.Patience) ?? throw new EndOfStreamException("prometheus has ended");
            if (ListeningOn().Match(line) is { Success: true } match)
                server._http.BaseAddress = new Uri($"http://{match.Groups[1].Value}");
        }
        _ = server._process.StandardError.ReadToEndAsync();
        return server;
    }

    /// <summary>The samples of an instant query, by their labels. A query that Prometheus does not understand fails the test.</summary>
    public async Task<IReadOnlyList<(string Labels, double Value)>> QueryAsync(string query)
    {
        using var answer = await _http.GetAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}");
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.True(body.GetProperty("status").GetString() == "success", $"{query}: {body}");
        return [.. body.GetProperty("data").GetProperty("result").EnumerateArray().Select(sample =>
            (sample.GetProperty("metric").ToString(), double.Parse(sample.GetProperty("value")[1].GetString()!, System.Globalization.CultureInfo.InvariantCulture)))];
    }

    /// <summary>Waits until a query has this one value.</summary>
    public async Task HasAsync(string query, double value)
    {
        IReadOnlyList<(string Labels, double Value)> last = [];
        await Eventually.Holds(async () =>
        {
            await Task.Delay(50);
            last = await QueryAsync(query);
            return last.Count == 1 && last[0].Value == value;
        }, () => $"{query} is {string.Join(", ", last)}, not {value}");
    }

    public void Dispose()
    {
        _http.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Join(folder, "Socks64Actors.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("the repository");
        return folder;
    }

    [GeneratedRegex("msg=\"Listening on\" address=(\\S+)")]
    private static partial Regex ListeningOn();
}
