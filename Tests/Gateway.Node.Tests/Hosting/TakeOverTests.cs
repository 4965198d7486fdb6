using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Protocol;
using Gateway.Transport;
using Testing;

namespace Gateway.Node.Tests.Hosting;

/// <summary>A gateway that goes from process to process (docs/install.md, "Upgrading").</summary>
public class TakeOverTests
{
    /// <summary>What a successor says first, and the kind of the last packet that it gets.</summary>
    private static readonly byte[] s_takeOver = [1, 1];
    private const byte Offered = 8;

    private readonly string _door = $"@s64-{Guid.NewGuid():N}";

    private string Settings => $$"""
        socks64 {
          node { handover = "{{_door}}", loops = 2 }
          listeners = [{ address = "127.0.0.1:0" }, { address = "[::1]:0" }]
          admin.address = "127.0.0.1:0"
          timeouts.drain = 1m
          log.sessions = off
        }

        """;

    [Fact]
    public async Task No_connection_is_refused_or_cut_while_five_processes_follow_each_other()
    {
        using var file = new SettingsFile(Settings);
        using var echo = new EchoServer(IPAddress.Loopback);
        var first = Socks64.Start("run", "-c", file.Name);
        List<Socks64> processes = [first];
        try
        {
            var listeners = await first.ReadyAsync();
            using var longLived = await TakeOverLoad.ConnectAsync(listeners[0], echo.Endpoint);
            var load = new TakeOverLoad(listeners, echo.Endpoint);
            List<int> files = [];
            for (var turn = 0; turn < 5; turn++)
            {
                await load.MakeAsync(50);
                var next = Socks64.Start("run", "--take-over", "-c", file.Name);
                processes.Add(next);
                Assert.Equal(listeners, await next.ReadyAsync());
                await next.LogUntilAsync("taken-over");
                if (turn > 0)
                    Assert.Equal(0, await processes[^2].EndAsync());
                await load.MakeAsync(50);
                files.Add(next.OpenFiles);
            }
            var made = await load.EndAsync();

            Assert.Empty(load.Failures);
            Assert.InRange(made, 500, int.MaxValue);
            await longLived.EchoAsync("still through the first"u8.ToArray());
            longLived.Dispose();
            Assert.Equal(0, await first.EndAsync());
            // Clients come and go, but nothing stays behind from one process to the next.
            Assert.InRange(files[^1], 1, files[0] + 16);
        }
        finally
        {
            foreach (var process in processes)
                await process.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_gateway_that_runs_hears_nothing_of_wrong_settings_and_outlives_a_start_that_fails()
    {
        using var file = new SettingsFile(Settings);
        await using var running = Socks64.Start("run", "-c", file.Name);
        var listeners = await running.ReadyAsync();

        using var wrong = new SettingsFile(Settings + "socks64.max-hop = 3");
        Assert.Equal(78, (await Socks64.RunAsync("", "run", "--take-over", "-c", wrong.Name)).Code);

        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var impossible = new SettingsFile(Settings + $$"""socks64.listeners = [{ address = "127.0.0.1:0" }, { address = "{{taken.LocalEndpoint}}" }]""");
        var (code, output, error) = await Socks64.RunAsync("", "run", "--take-over", "-c", impossible.Name);
        Assert.Equal((69, ""), (code, output));
        Assert.Contains(taken.LocalEndpoint.ToString()!, error);

        using var strange = new SettingsFile(Settings.Replace("""[{ address = "127.0.0.1:0" }, { address = "[::1]:0" }]""", $$"""[{ address = "{{taken.LocalEndpoint}}" }]""", StringComparison.Ordinal));
        (code, _, error) = await Socks64.RunAsync("", "run", "--take-over", "-c", strange.Name);
        Assert.Equal(69, code);
        Assert.Contains("has none of the listeners of these settings", error);

        await running.LogUntilAsync("handover-failed");
        await running.LogUntilAsync("handover-failed");
        using var echo = new EchoServer(IPAddress.Loopback);
        using var client = await TakeOverLoad.ConnectAsync(listeners[1], echo.Endpoint);
        running.Signal("TERM");
        client.Dispose();
        Assert.Equal(0, await running.EndAsync());
    }

    [Fact]
    public async Task A_successor_that_dies_before_it_accepts_changes_nothing_and_a_second_one_is_refused_meanwhile()
    {
        using var file = new SettingsFile(Settings);
        await using var running = Socks64.Start("run", "-c", file.Name);
        var listeners = await running.ReadyAsync();
        using (var dying = DescriptorChannel.Connect(_door))
        {
            dying.Send(s_takeOver);
            List<DescriptorPacket> estate = [];
            do
                estate.Add((await dying.ReceiveAsync())!);
            while (estate[^1].Octets[1] != Offered);
            Assert.Equal(6, estate.Sum(packet => packet.Descriptors.Count));

            var (code, output, error) = await Socks64.RunAsync("", "run", "--take-over", "-c", file.Name);
            Assert.Equal((69, ""), (code, output));
            Assert.Contains("another process is taking this gateway over", error);
            estate.ForEach(packet => packet.Dispose());
        }
        var failed = (await running.LogUntilAsync("handover-failed"))[^1];
        Assert.Contains($"process {Environment.ProcessId} ended before it accepted", failed.GetProperty("message").GetString());

        using var echo = new EchoServer(IPAddress.Loopback);
        foreach (var listener in listeners)
            (await TakeOverLoad.ConnectAsync(listener, echo.Endpoint)).Dispose();
        await using var next = Socks64.Start("run", "--take-over", "-c", file.Name);
        Assert.Equal(listeners, await next.ReadyAsync());
        Assert.Equal(0, await running.EndAsync());
    }

    [Fact]
    public async Task A_successor_outlives_a_predecessor_that_dies_and_joins_what_is_left()
    {
        using var file = new SettingsFile(Settings);
        await using var running = Socks64.Start("run", "-c", file.Name);
        var listeners = await running.ReadyAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        await using var next = Socks64.Start("run", "--take-over", "-c", file.Name);
        await next.ReadyAsync();
        running.Signal("KILL");
        await next.LogUntilAsync("taken-over");
        for (var i = 0; i < 20; i++)
            (await TakeOverLoad.ConnectAsync(listeners[i % 2], echo.Endpoint)).Dispose();
        next.Signal("TERM");
        Assert.Equal(0, await next.EndAsync());
    }

    [Fact]
    public async Task Chains_through_a_member_and_from_one_go_on_while_other_processes_become_them()
    {
        var block = $"127.{Random.Shared.Next(64, 128)}.{Random.Shared.Next(256)}";
        using var entryFile = new SettingsFile(Member("entry", $"{block}.1", block));
        using var relayFile = new SettingsFile(Member("relay", $"{block}.2", block));
        using var echo = new EchoServer(IPAddress.Loopback);
        List<Socks64> processes = [Socks64.Start("run", "-c", entryFile.Name), Socks64.Start("run", "-c", relayFile.Name)];
        try
        {
            var listener = (await processes[0].ReadyAsync())[0];
            await processes[1].ReadyAsync();
            await Eventually.Holds(() => IsReachedAsync(listener, echo.Endpoint), () => "no chain leads through the relay");
            var load = new TakeOverLoad([listener], echo.Endpoint);
            await load.MakeAsync(20);

            foreach (var (old, file) in new[] { (processes[1], relayFile), (processes[0], entryFile) })
            {
                var next = Socks64.Start("run", "--take-over", "-c", file.Name);
                processes.Add(next);
                await next.ReadyAsync();
                await next.LogUntilAsync("taken-over");
                Assert.Equal(0, await old.EndAsync());
                await load.MakeAsync(100);
            }
            await load.EndAsync();
            Assert.Empty(load.Failures);
        }
        finally
        {
            foreach (var process in processes)
                await process.DisposeAsync();
        }
    }

    [Fact]
    public async Task Nobody_is_there_to_follow()
    {
        using var file = new SettingsFile(Settings);
        var (code, output, error) = await Socks64.RunAsync("", "run", "--take-over", "-c", file.Name);
        Assert.Equal((69, ""), (code, output));
        Assert.Contains($"no gateway hands over at {_door} (node.handover)", error);
    }

    [RootFact]
    public async Task Another_user_gets_nothing()
    {
        using var file = new SettingsFile(Settings);
        await using var running = Socks64.Start("run", "-c", file.Name);
        await running.ReadyAsync();
        const string ask = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET); s.connect("\0" + sys.argv[1][1:])
            data, descriptors, _, _ = socket.recv_fds(s, 65536, 64)
            print(len(descriptors), data[6:].decode())
            """;
        using var stranger = Process.Start(new ProcessStartInfo("setpriv", ["--reuid=65534", "--clear-groups", "/usr/bin/python3", "-c", ask, _door]) { RedirectStandardOutput = true })!;
        var answer = await stranger.StandardOutput.ReadToEndAsync().WaitAsync(Eventually.Patience);
        Assert.StartsWith("0 process ", answer);
        Assert.Contains("is of user 65534, and this gateway of user 0", answer);
        await running.LogUntilAsync("handover-failed");
    }

    [Fact]
    public async Task The_upgrade_signal_starts_a_successor_and_the_service_manager_hears_which()
    {
        using var file = new SettingsFile(Settings);
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var path = Path.Join(Path.GetTempPath(), $"s64-{Guid.NewGuid():N}");
        manager.Bind(new UnixDomainSocketEndPoint(path));
        await using var running = Socks64.Start(new Dictionary<string, string> { ["NOTIFY_SOCKET"] = path }, "-c", file.Name);
        try
        {
            var listeners = await running.ReadyAsync();
            Assert.Equal("READY=1", await HearAsync(manager));

            running.Signal("USR2");
            Assert.Equal(listeners, await running.ReadyAsync());
            var followed = await HearAsync(manager);
            Assert.StartsWith("MAINPID=", followed);
            var successor = int.Parse(followed["MAINPID=".Length..], CultureInfo.InvariantCulture);
            Assert.Equal("READY=1", await HearAsync(manager));
            Assert.Equal(0, await running.EndAsync());

            using var process = Process.GetProcessById(successor);
            Socks64.Signal(successor, "TERM");
            Assert.Equal("STOPPING=1", await HearAsync(manager));
            await Eventually.Holds(() => !Directory.Exists($"/proc/{successor}") || File.ReadAllText($"/proc/{successor}/stat").Contains(") Z ", StringComparison.Ordinal), () => "the successor still runs");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Associations_and_waiting_binds_live_on_until_the_old_process_may_wait_no_longer_and_a_second_signal_changes_nothing()
    {
        using var file = new SettingsFile(Settings.Replace("drain = 1m", "drain = 2s", StringComparison.Ordinal));
        using var echo = new EchoServer(IPAddress.Loopback);
        using var there = new UdpPeer(IPAddress.Loopback);
        using var here = new UdpPeer(IPAddress.Loopback);
        await using var running = Socks64.Start("run", "-c", file.Name);
        var listener = (await running.ReadyAsync())[0];
        using var transfer = await TakeOverLoad.ConnectAsync(listener, echo.Endpoint);
        using var associating = await SocksTestClient.ConnectAsync(LiteralEndpoint.From(IPEndPoint.Parse(listener)));
        var relay = (await associating.AskAsync(SocksCommand.UdpAssociate, SocksEndpoint.Unspecified)).Bound;
        using var binding = await SocksTestClient.ConnectAsync(LiteralEndpoint.From(IPEndPoint.Parse(listener)));
        var bound = (await binding.AskAsync(SocksCommand.Bind, SocksEndpoint.From(new IPEndPoint(IPAddress.Loopback, 0)))).Bound;
        await PassAsync("before"u8.ToArray());

        running.Signal("USR2");
        Assert.Equal(listener, (await running.ReadyAsync())[0]);
        running.Signal("USR2");
        var successor = int.Parse(Regex.Match(await LogTextUntilAsync(running, "draining"), "process ([0-9]+) goes on").Groups[1].Value, CultureInfo.InvariantCulture);
        try
        {
            await PassAsync("after"u8.ToArray());
            await transfer.EchoAsync("still"u8.ToArray());
            using var peer = new TcpClient();
            await peer.ConnectAsync(IPAddress.Loopback, bound.Port);
            Assert.Equal(ReplyCode.Succeeded, (await binding.ReadAsync<SocksReply>()).Code);
            await binding.SendAsync("met"u8.ToArray());
            var met = new byte[3];
            await peer.GetStream().ReadExactlyAsync(met);
            Assert.Equal("met"u8.ToArray(), met);

            Assert.Equal(1, await running.EndAsync());
            Assert.True(await transfer.Socket.IsResetAsync());
            (await TakeOverLoad.ConnectAsync(listener, echo.Endpoint)).Dispose();
        }
        finally
        {
            Socks64.Signal(successor, "TERM");
        }

        async Task PassAsync(byte[] data)
        {
            byte[] header = [0, 0, 0, 1, .. IPAddress.Loopback.GetAddressBytes(), (byte)(there.Endpoint.Port >> 8), (byte)there.Endpoint.Port];
            byte[] datagram = [.. header, .. data];
            await here.SendAsync(datagram, new IPEndPoint(IPAddress.Loopback, relay.Port));
            var (octets, from) = await there.ReceiveAsync();
            Assert.Equal(data, octets);
            await there.SendAsync(octets, from);
            Assert.Equal(datagram, (await here.ReceiveAsync()).Octets);
        }
    }

    [Fact]
    public async Task An_upgrade_that_fails_is_logged_and_the_gateway_goes_on()
    {
        using var file = new SettingsFile(Settings);
        await using var running = Socks64.Start("run", "-c", file.Name);
        var listeners = await running.ReadyAsync();
        await File.WriteAllTextAsync(file.Name, Settings + "socks64.max-hop = 3");
        running.Signal("USR2");
        Assert.Contains("ended with 78", await LogTextUntilAsync(running, "upgrade-failed"));
        using var echo = new EchoServer(IPAddress.Loopback);
        (await TakeOverLoad.ConnectAsync(listeners[0], echo.Endpoint)).Dispose();
    }

    private string Member(string name, string host, string block) => $$"""
        socks64 {
          node { name = {{name}}, roles = [{{name}}], handover = "{{_door}}-{{name}}", loops = 1 }
          listeners = [{ address = "{{host}}:1080" }]
          admin.address = off
          chains.through.hops = [{ role = relay }]
          routes = [{ to = any, via = through }, { to = "127.0.0.0/8", via = direct }]
          log.sessions = off
          timeouts.drain = 1m
        }
        akka {
          cluster.seed-nodes = ["akka.tcp://socks64@{{block}}.1:4053", "akka.tcp://socks64@{{block}}.2:4053"]
          remote.dot-netty.tcp { hostname = "{{host}}", port = 4053 }
        }
        """;

    private static async Task<bool> IsReachedAsync(string listener, IPEndPoint destination)
    {
        using var client = await SocksTestClient.ConnectAsync(LiteralEndpoint.From(IPEndPoint.Parse(listener)));
        return (await client.AskAsync(SocksCommand.Connect, destination)).Code == ReplyCode.Succeeded;
    }

    /// <summary>A successor that was started by the gateway writes into the same stream.</summary>
    private static async Task<string> LogTextUntilAsync(Socks64 process, string name)
    {
        while (true)
        {
            var line = await process.Error.ReadLineAsync().WaitAsync(Eventually.Patience) ?? throw new EndOfStreamException($"before {name}");
            if (line.StartsWith('{') && JsonDocument.Parse(line).RootElement.GetProperty("event").GetString() == name)
                return line;
        }
    }

    private static async Task<string> HearAsync(Socket manager)
    {
        var buffer = new byte[1024];
        return Encoding.UTF8.GetString(buffer, 0, await manager.ReceiveAsync(buffer).WaitAsync(Eventually.Patience));
    }
}
