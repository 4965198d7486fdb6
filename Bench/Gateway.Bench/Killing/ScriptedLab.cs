using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Gateway.Bench;

/// <summary>A lab that <c>scripts/lab.sh</c> keeps in namespaces, under a name and with a folder of its own; taken down at the end.</summary>
internal sealed partial class ScriptedLab : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("socks64-killing-");
    private readonly string _name = $"k{Environment.ProcessId}";
    private readonly Dictionary<string, NamespaceSockets> _spaces = [];
    private readonly Dictionary<string, string> _addresses = [];
    private readonly PosixSignalRegistration[] _signals;

    /// <summary>Brings it up; whoever calls stands in the root of the repository.</summary>
    /// <param name="description">A file such as <c>hocon/lab.conf</c>, or the text of one.</param>
    public ScriptedLab(string description)
    {
        _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Leave), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Leave)];
        if (description.Contains('\n'))
        {
            var file = Path.Combine(_folder.FullName, "lab.conf");
            File.WriteAllText(file, description);
            description = file;
        }
        Run("up", "-c", description);
        foreach (Match host in Served().Matches(Run("status")))
            _addresses[host.Groups[1].Value] = host.Groups[2].Value;
    }

    /// <summary>Where a host's gateway or web server listens first.</summary>
    public IPEndPoint Endpoint(string host) => IPEndPoint.Parse(_addresses[host]);

    public NamespaceSockets Inside(string host) =>
        _spaces.TryGetValue(host, out var space) ? space : _spaces[host] = new NamespaceSockets($"s64-{_name}-{host}");

    /// <summary>A socket that listens on the address of a host's web server, at another port.</summary>
    public Socket Listen(string host, int port)
    {
        var endpoint = new IPEndPoint(Endpoint(host).Address, port);
        var socket = Inside(host).OpenTcpAsync(endpoint.AddressFamily).GetAwaiter().GetResult();
        socket.Bind(endpoint);
        socket.Listen(1024);
        return socket;
    }

    /// <summary>The folder with a file NODE.log for each node.</summary>
    public string State => _folder.GetDirectories("socks64-lab-*").Single().FullName;

    /// <summary>When the node that was started last at that place began to serve: it says so in a file that it writes once.</summary>
    public DateTime ServingSince(string node) => File.GetLastWriteTimeUtc(Path.Combine(State, $"{node}.out"));

    public int Pid(string node) => int.Parse(File.ReadAllText(Path.Combine(State, $"{node}.pid")).Split(' ')[0]);

    /// <summary>What <c>scripts/lab.sh</c> says to a command, which must succeed.</summary>
    public string Run(params string[] command)
    {
        var start = new ProcessStartInfo("scripts/lab.sh", ["-n", _name, .. command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["XDG_RUNTIME_DIR"] = _folder.FullName;
        using var script = Process.Start(start)!;
        var errors = script.StandardError.ReadToEndAsync();
        var output = script.StandardOutput.ReadToEnd();
        script.WaitForExit();
        return script.ExitCode == 0 ? output : throw new InvalidOperationException($"lab.sh {string.Join(' ', command)}: {errors.Result}");
    }

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        foreach (var space in _spaces.Values)
            space.Dispose();
        TakeDown();
    }

    private void TakeDown()
    {
        Run("down");
        _folder.Delete(recursive: true);
    }

    /// <summary>Whoever ends the run finds nothing left behind.</summary>
    private void Leave(PosixSignalContext signal)
    {
        signal.Cancel = true;
        TakeDown();
        Environment.Exit(130);
    }

    /// <summary>A line of the table: host, state, families, where it serves.</summary>
    [GeneratedRegex(@"^(\w+) +running +\S+ +(\S+:\d+) ", RegexOptions.Multiline)]
    private static partial Regex Served();
}
