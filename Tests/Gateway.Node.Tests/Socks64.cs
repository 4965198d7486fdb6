using System.Diagnostics;
using System.Text.Json;

namespace Gateway.Node.Tests;

/// <summary>The real executable, run as a user runs it.</summary>
internal sealed class Socks64 : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private Socks64(Process process) => _process = process;

    public StreamReader Output => _process.StandardOutput;

    /// <summary>Runs to the end.</summary>
    public static Task<(int Code, string Output, string Error)> RunAsync(string input, params string[] arguments) => RunAsync(input, [], arguments);

    /// <summary>Runs to the end with variables that this process does not have.</summary>
    public static Task<(int Code, string Output, string Error)> RunAsync((string Name, string Value)[] environment, params string[] arguments) =>
        RunAsync("", environment.ToDictionary(), arguments);

    private static async Task<(int Code, string Output, string Error)> RunAsync(string input, Dictionary<string, string> environment, string[] arguments)
    {
        await using var socks64 = Start(environment, arguments);
        await socks64._process.StandardInput.WriteAsync(input);
        socks64._process.StandardInput.Close();
        var output = socks64.Output.ReadToEndAsync();
        var error = socks64._process.StandardError.ReadToEndAsync();
        return (await socks64.EndAsync(), await output, await error);
    }

    public static Socks64 Start(params string[] arguments) => Start([], arguments);

    /// <param name="environment">Variables that this process does not have.</param>
    public static Socks64 Start(Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Join(AppContext.BaseDirectory, "socks64"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>As a shell starts it, with a redirection such as <c>&gt;&amp;-</c>.</summary>
    public static Socks64 StartRedirected(string redirection, params string[] arguments) =>
        new(Process.Start(new ProcessStartInfo("sh", ["-c", $"exec \"$0\" \"$@\" {redirection}", Path.Join(AppContext.BaseDirectory, "socks64"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);

    /// <summary>What stands behind READY, once it is there.</summary>
    public async Task<string[]> ReadyAsync()
    {
        var line = await Output.ReadLineAsync().WaitAsync(Patience);
        Assert.StartsWith("READY ", line);
        return line!["READY ".Length..].Split(' ');
    }

    public StreamReader Error => _process.StandardError;

    /// <summary>Its open descriptors.</summary>
    public int OpenFiles => Directory.EnumerateFileSystemEntries($"/proc/{_process.Id}/fd").Count();

    public void Signal(string name) => Signal(_process.Id, name);

    public static void Signal(int process, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.ToString()]);
        kill.WaitForExit();
    }

    /// <summary>The next records of the log, up to the first of that name.</summary>
    public async Task<IReadOnlyList<JsonElement>> LogUntilAsync(string name)
    {
        List<JsonElement> records = [];
        do
        {
            var line = await _process.StandardError.ReadLineAsync().WaitAsync(Patience);
            records.Add(JsonDocument.Parse(line ?? throw new EndOfStreamException($"it logged {string.Join('\n', records)}")).RootElement);
        }
        while (records[^1].GetProperty("event").GetString() != name);
        return records;
    }

    public Task<string> ErrorToEndAsync() => _process.StandardError.ReadToEndAsync();

    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }
}
