using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Gateway.Bench;

/// <summary>A server process and what it has used: CPU time and memory of it and its descendants, from /proc.</summary>
internal sealed class RunningServer : IDisposable
{
    private readonly Process _process;
    private readonly string _config = Path.GetTempFileName();

    private RunningServer(ServerSpec spec, ushort port, ushort target)
    {
        (Spec, Port) = (spec, port);
        string Fill(string text) =>
            text.Replace("{port}", port.ToString()).Replace("{target}", target.ToString()).Replace("{config}", _config);
        File.WriteAllText(_config, Fill(spec.Config) + "\n");
        var start = new ProcessStartInfo(spec.Command[0], spec.Command[1..].Select(Fill))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public ServerSpec Spec { get; }

    public ushort Port { get; }

    public string LastError { get; private set; } = "";

    /// <summary>What a gateway's log had to say beside records of its ordinary life.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    public bool HasExited => _process.HasExited;

    /// <summary>CPU seconds used by the process and its descendants, living and reaped.</summary>
    public double CpuSeconds => Tree().Sum(pid => Stat(pid) is { } stat ? (Field(stat, 11) + Field(stat, 12) + Field(stat, 13) + Field(stat, 14)) / 100.0 : 0);

    /// <summary>Resident octets that belong to no other process, plus a fair share of the rest (Pss), of the process and its descendants.</summary>
    public long ResidentOctets => Tree().Sum(pid =>
    {
        try
        {
            return File.ReadLines($"/proc/{pid}/smaps_rollup").First(line => line.StartsWith("Pss:"))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kib, ..] ? long.Parse(kib) * 1024 : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    });

    /// <summary>Open sockets of the process.</summary>
    public int Sockets => CountDescriptors("socket:");

    /// <summary>Ends of pipes that the process has open.</summary>
    public int PipeEnds => CountDescriptors("pipe:");

    /// <summary>Asks it to end by SIGTERM; its exit code, or null when it takes longer.</summary>
    public int? Terminate(TimeSpan patience)
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
        kill.WaitForExit();
        return _process.WaitForExit(patience) ? _process.ExitCode : null;
    }

    /// <summary>Starts it and waits until it accepts; null, and the reason, when it does not.</summary>
    public static RunningServer? Start(ServerSpec spec, ushort target, out string reason)
    {
        var port = FreePort();
        reason = "";
        RunningServer server;
        try
        {
            server = new RunningServer(spec, port, target);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            reason = missing.Message;
            return null;
        }
        for (var until = Stopwatch.StartNew(); until.Elapsed < TimeSpan.FromSeconds(10) && !server.HasExited; Thread.Sleep(20))
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Connect(IPAddress.Loopback, port);
                return server;
            }
            catch (SocketException)
            {
            }
        }
        reason = server.HasExited ? $"exited: {server.LastError}" : "does not accept";
        server.Dispose();
        return null;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        File.Delete(_config);
    }

    private void Hear(string? line)
    {
        LastError = line ?? LastError;
        if (line is not null && (!line.StartsWith('{') || line.Contains("\"level\":\"warning\"") || line.Contains("\"level\":\"error\"")))
            Complaints.Enqueue(line);
    }

    private int CountDescriptors(string kind) => Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Count(descriptor =>
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, false)?.Name.StartsWith(kind) == true;
        }
        catch (IOException)
        {
            return false;
        }
    });

    public static ushort FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (ushort)((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private List<int> Tree()
    {
        var tree = new List<int> { _process.Id };
        for (var i = 0; i < tree.Count; i++)
        {
            try
            {
                foreach (var task in Directory.GetDirectories($"/proc/{tree[i]}/task"))
                    tree.AddRange(File.ReadAllText($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse));
            }
            catch (IOException)
            {
            }
        }
        return tree;
    }

    private static string[]? Stat(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Fields behind the command name: 11 utime, 12 stime, 13 cutime, 14 cstime, in ticks of 10 ms.</summary>
    private static long Field(string[] stat, int index) => long.Parse(stat[index]);
}
