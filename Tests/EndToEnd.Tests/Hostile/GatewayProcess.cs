using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Gateway.Protocol;
using Socks64Actors.EndToEnd.Tests.Lab;
using Testing;

namespace Socks64Actors.EndToEnd.Tests.Hostile;

/// <summary>A gateway process of a test's own, and what can be seen of it from outside: its log, and what /proc tells.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private const string Always =
        """
        socks64 {
          listeners = [ { address = "127.0.0.1:0", auth = [none, password] } ]
          users { alice { password = "pbkdf2-sha256$600000$c2FsdHNhbHRzYWx0c2FsdA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" } }
          admin { address = off }
          timeouts { handshake = 60s, connect = 60s, drain = 30s }
        }
        """;

    /// <summary>What tests send is more than this; what the runtime comes to need is less.</summary>
    private const long MostGrowth = 40 << 20;

    /// <summary>Files that the runtime opens when it comes to need them.</summary>
    private const int LateFiles = 8;

    /// <summary>Clients that a gateway serves before it counts as warm.</summary>
    private const int WarmUp = 20;

    private readonly Process _process;
    private readonly string _settings;
    private readonly ConcurrentQueue<string> _log = new();
    private (int Sockets, int Files, long Resident) _before;

    private GatewayProcess(string settings, int? descriptors)
    {
        _settings = Path.GetTempFileName();
        File.WriteAllText(_settings, $"{Always}\n{settings}\n");
        _process = descriptors is null
            ? Command.Start(GatewayBinary.Path, ["run", "-c", _settings])
            : Command.Start("sh", ["-c", $"ulimit -n {descriptors}; exec \"$0\" run -c \"$1\"", GatewayBinary.Path, _settings]);
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
                _log.Enqueue(line.Data);
        };
        _process.BeginErrorReadLine();
    }

    public LiteralEndpoint Endpoint { get; private set; }

    public IEnumerable<string> Log => _log;

    /// <summary>Why the sessions that have ended did so.</summary>
    public IEnumerable<string> Reasons => _log.Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement)
        .Where(record => record.GetProperty("event").GetString() == "session").Select(record => record.GetProperty("reason").GetString()!);

    /// <summary>How many sessions have ended, those of the warm-up not counted.</summary>
    public int Ended => Reasons.Count() - WarmUp;

    /// <summary>The most memory that was ever resident beyond that of the warm gateway, in octets.</summary>
    public long PeakGrowth => Status("VmHWM") - _before.Resident;

    /// <param name="settings">What differs from <see cref="Always"/>.</param>
    /// <param name="descriptors">The limit of descriptors that the process is started under.</param>
    public static async Task<GatewayProcess> StartAsync(string settings = "", int? descriptors = null)
    {
        var gateway = new GatewayProcess(settings, descriptors);
        var ready = await gateway._process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(ready?.StartsWith("READY "), $"no READY: {gateway.LastWords()}");
        gateway.Endpoint = LiteralEndpoint.From(IPEndPoint.Parse(ready!["READY ".Length..]));
        var sockets = gateway.Descriptors().Sockets;
        for (var i = 0; i < WarmUp; i++)
            await gateway.ServesAsync();
        await Eventually.Holds(() => gateway.Ended == 0 && gateway.Descriptors().Sockets == sockets, gateway.LastWords);
        gateway._before = (sockets, gateway.Descriptors().Files, gateway.Status("VmHWM"));
        return gateway;
    }

    public Task<SocksTestClient> ConnectAsync() => SocksTestClient.ConnectAsync(Endpoint);

    /// <summary>A client is served from its greeting to its octets.</summary>
    public async Task ServesAsync()
    {
        using var echo = new EchoServer(IPAddress.Loopback);
        using var client = await ConnectAsync();
        Assert.Equal(ReplyCode.Succeeded, (await client.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
        await client.EchoAsync([1, 2, 3]);
    }

    /// <summary>
    /// After all clients have left: a new one is served, descriptors and memory are where they were, nothing in the log is a warning, and
    /// a drain finds no session that has stayed behind.
    /// </summary>
    public async Task IsAsBeforeAsync()
    {
        await ServesAsync();
        await Eventually.Holds(() => Descriptors().Sockets == _before.Sockets, () => $"{Descriptors()} where {_before} were\n{LastWords()}");
        Assert.InRange(Descriptors().Files, 0, _before.Files + LateFiles);
        Assert.InRange(PeakGrowth, long.MinValue, MostGrowth);

        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(_process.ExitCode == 0, $"exit {_process.ExitCode}: {LastWords()}");
    }

    /// <summary>The end of the log.</summary>
    public string LastWords() => string.Join('\n', _log.TakeLast(10));

    /// <summary>The log has nothing but the gateway's own records, and none of trouble: clients that leave are no news of actors.</summary>
    public void HasNothingToReport() => Assert.DoesNotContain(_log, line => !line.StartsWith('{')
        || line.Contains("\"level\":\"error\"") || line.Contains("\"level\":\"warning\"") || line.Contains("\"event\":\"log\""));

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
        File.Delete(_settings);
        return ValueTask.CompletedTask;
    }

    /// <summary>Open sockets, and all the rest without the pipes of the relays, which are kept for the next.</summary>
    public (int Sockets, int Files) Descriptors()
    {
        var targets = Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd")
            .Select(Target).OfType<string>().ToList();
        var sockets = targets.Count(target => target.StartsWith("socket:"));
        return (sockets, targets.Count - sockets - targets.Count(target => target.StartsWith("pipe:")));
    }

    /// <summary>What a descriptor leads to; null when it was closed since it was listed.</summary>
    private static string? Target(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, false)?.Name;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private long Status(string field) => File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(field))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kib, ..] ? long.Parse(kib) * 1024 : 0;
}
