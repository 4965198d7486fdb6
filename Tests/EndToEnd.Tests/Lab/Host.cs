using System.Diagnostics;

namespace Socks64Actors.EndToEnd.Tests.Lab;

/// <summary>One host of the lab: a network namespace, with the programs that run in it.</summary>
public sealed class Host(string name) : IDisposable
{
    private readonly List<Process> _running = [];
    private readonly Dictionary<int, List<string>> _logs = [];

    public string Name { get; } = name;

    /// <summary>Makes the namespace, with loopback and nothing else.</summary>
    public static Host Create(string name)
    {
        Wire.Ip("netns", "add", name);
        var host = new Host(name);
        Wire.Ip("-n", name, "link", "set", "lo", "up");
        // Addresses are usable at once: nothing else is on these links.
        host.Run("sysctl", ["-qw", "net.ipv6.conf.all.accept_dad=0", "net.ipv6.conf.default.accept_dad=0"]).MustSucceed();
        return host;
    }

    /// <summary>Runs a program to its end on this host.</summary>
    public CommandResult Run(string program, IEnumerable<string> arguments, string? input = null,
        TimeSpan? limit = null, IReadOnlyDictionary<string, string>? environment = null) =>
        Command.Run("ip", ["netns", "exec", Name, Tools.Find(program) ?? program, .. arguments], input, limit, environment);

    /// <summary>Runs a line of shell on this host.</summary>
    public CommandResult Shell(string line, TimeSpan? limit = null) => Run("sh", ["-c", line], limit: limit);

    /// <summary>Starts a program that stays until the lab ends; its output is kept for <see cref="Log"/>.</summary>
    public Process Start(string program, params string[] arguments)
    {
        var process = Command.Start("ip", ["netns", "exec", Name, Tools.Find(program) ?? program, .. arguments]);
        var log = new List<string>();
        void Keep(object _, DataReceivedEventArgs line)
        {
            if (line.Data is null)
                return;
            lock (log)
                log.Add(line.Data);
        }
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        lock (_logs)
            _logs[process.Id] = log;
        _running.Add(process);
        return process;
    }

    /// <summary>The lines that a started program has written so far.</summary>
    public IReadOnlyList<string> Log(Process process)
    {
        List<string> log;
        lock (_logs)
            log = _logs[process.Id];
        lock (log)
            return [.. log];
    }

    /// <summary>The lines of all programs that run, for when a test fails.</summary>
    public IEnumerable<string> Logs => _running.SelectMany(Log);

    /// <summary>Returns once something listens on the port, over TCP, on any address of this host.</summary>
    public void WaitForPort(int port)
    {
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(60);
        var pattern = $":{port:X4} ";
        // 0A is LISTEN in /proc/net/tcp (net/tcp_states.h).
        while (!Shell($"cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -E '{pattern}[0-9A-F]+:0000 0A'").Output.Contains(pattern))
        {
            if (DateTime.UtcNow > deadline)
                Assert.Fail($"nothing listens on port {port} of {Name}:\n{string.Join('\n', Logs)}");
            Thread.Sleep(50);
        }
    }

    public void Stop(Process process)
    {
        _running.Remove(process);
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    public void Dispose()
    {
        foreach (var process in _running.ToArray())
            Stop(process);
        Command.Run("ip", ["netns", "del", Name]);
    }
}
