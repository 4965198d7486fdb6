using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Akka.Embedded.Tests.Processes;

/// <summary>One cluster node in a process of its own, and the events that it has printed.</summary>
internal sealed class NodeProcess : IDisposable
{
    public const int SigKill = 9;
    public const int SigCont = 18;
    public const int SigStop = 19;

    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<(long At, string Line)> _lines = [];

    /// <param name="host">Its address.</param>
    /// <param name="port">Its port.</param>
    /// <param name="seeds"><c>HOST:PORT,…</c></param>
    /// <param name="hocon">Its settings.</param>
    /// <param name="netns">The network namespace to run it in; null: this one.</param>
    /// <param name="descriptors">How many file descriptors it may have; null: as many as this process.</param>
    public NodeProcess(string host, int port, string seeds, string hocon, string? netns = null, int? descriptors = null)
    {
        Name = $"{host}:{port}";
        string[] arguments = [host, $"{port}", seeds, hocon];
        string[] command = [Program, .. arguments];
        if (netns is not null)
            command = ["ip", "netns", "exec", netns, .. command];
        if (descriptors is not null)
            command = ["sh", "-c", $"ulimit -n {descriptors} && exec \"$@\"", "sh", .. command];
        var start = new ProcessStartInfo(command[0], command[1..]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary><c>HOST:PORT</c>, as in the events.</summary>
    public string Name { get; }

    private static string Program
    {
        get
        {
            var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
            return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Akka.ClusterNode", configuration, "Akka.ClusterNode"));
        }
    }

    public void Signal(int signal)
    {
        if (kill(_process.Id, signal) != 0)
            throw new InvalidOperationException($"kill: error {Marshal.GetLastPInvokeError()}");
    }

    public void Leave() => _process.StandardInput.WriteLine("leave");

    /// <summary>What it has printed since that moment of <see cref="Environment.TickCount64"/>, without the log.</summary>
    public string[] Since(long moment) => [.. Events().Where(line => line.At >= moment).Select(line => line.Line)];

    /// <summary>Of <see cref="Since"/>, what concerns that node.</summary>
    public string[] About(string node, long moment) =>
        [.. Since(moment).Where(line => line.EndsWith($" {node}", StringComparison.Ordinal) && !line.StartsWith("LeaderChanged", StringComparison.Ordinal)
            && !line.StartsWith("Gone", StringComparison.Ordinal) && !line.StartsWith("Watching", StringComparison.Ordinal)).Select(line => line[..line.IndexOf(' ')])];

    /// <summary>When it first printed that line after that moment; null: never.</summary>
    public long? When(string line, long moment) =>
        Events().Where(printed => printed.At >= moment && printed.Line == line).Select(printed => (long?)printed.At).FirstOrDefault();

    /// <summary>It has printed a line with that text, in its log or as an event.</summary>
    public bool Said(string text)
    {
        lock (_lock)
            return _lines.Exists(line => line.Line.Contains(text, StringComparison.Ordinal));
    }

    /// <summary>The last it has said is that all members have seen the same and none is unreachable.</summary>
    public bool IsSettled => Events() is [.., (_, "Settled")];

    public string Transcript()
    {
        lock (_lock)
            return $"== {Name}\n{string.Join("\n", _lines.Select(line => $"{line.At} {line.Line}"))}";
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int signal);

    private (long At, string Line)[] Events()
    {
        lock (_lock)
            return [.. _lines.Where(line => !line.Line.StartsWith('['))];
    }

    private void Add(string? line)
    {
        if (line is null)
            return;
        lock (_lock)
            _lines.Add((Environment.TickCount64, line));
    }
}
