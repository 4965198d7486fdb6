using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Akka.Configuration;
using Gateway.Actors;
using Gateway.Actors.Access;
using Gateway.Actors.Records;
using Gateway.Actors.Sessions;
using Gateway.Actors.Settings;
using Gateway.Protocol;
using SocksLib;

namespace Gateway.Bench;

/// <summary>The managed library: how often it waits for a gateway until a connection stands, and what a datagram costs it.</summary>
internal sealed class ClientBench : ISessionLog
{
    private const int Connections = 9, Datagrams = 200_000, WarmUp = 20_000;

    private static readonly TimeSpan OneWay = TimeSpan.FromMilliseconds(25);

    public static int Run()
    {
        RunAsync().GetAwaiter().GetResult();
        return 0;
    }

    Task ISessionLog.WriteAsync(IReadOnlyList<SessionRecord> closed) => Task.CompletedTask;

    private static async Task RunAsync()
    {
        var settings = SettingsLoader.Load(["bench.conf"], _ => $$"""
            socks64 {
              listeners = [{ address = "127.0.0.1:0", auth = [none] }, { address = "127.0.0.2:0", auth = [password] }]
              users { alice { password = "{{PasswordHash.Create("s3cret"u8, PasswordHash.LeastIterations).Reveal()}}" } }
            }
            """).Settings;
        await using var gateway = GatewayHost.Start(settings, new ClientBench(), ConfigurationFactory.ParseString("akka.stdout-loglevel = OFF"), 1);
        var (open, closed) = (gateway.Listening[0].ToIPEndPoint(), gateway.Listening[1].ToIPEndPoint());

        Console.WriteLine($"CONNECT over {OneWay.TotalMilliseconds * 2:F0} ms there and back: round trips behind the TCP handshake, ms (median of {Connections})");
        await ConnectAsync("no login, step by step", open, HopLogin.None, takesOneFlight: false);
        await ConnectAsync("no login, one flight", open, HopLogin.None, takesOneFlight: true);
        await ConnectAsync("password, step by step", closed, HopLogin.Password("alice", "s3cret"), takesOneFlight: false);
        await ConnectAsync("password offered beside none, one flight", closed, HopLogin.Password("alice", "s3cret"), takesOneFlight: true);
        await ConnectAsync("password only, one flight", closed, HopLogin.PasswordOnly("alice", "s3cret"), takesOneFlight: true);

        using var floor = RunningServer.Start(ServerSpec.All.First(spec => spec.Name == "floor"), 0, out var reason) ?? throw new InvalidOperationException(reason);
        await ExchangeAsync(floor);
    }

    private static async Task ConnectAsync(string what, IPEndPoint gateway, HopLogin login, bool takesOneFlight)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var relay = new DelayingRelay(gateway, OneWay);
        var client = new SocksClient(SocksClientOptions.Through(
            HopServer.At("127.0.0.1", relay.Endpoint.Port) with { Login = login, TakesOneFlight = takesOneFlight }) with { HedgeAfter = null });
        var (took, roundTrips) = (new List<double>(), 0);
        for (var i = 0; i < Connections; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            var before = relay.RoundTrips;
            await using var stream = await client.ConnectAsync(listener.LocalEndPoint!);
            took.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            roundTrips = relay.RoundTrips - before;
        }
        Console.WriteLine($"{what,-44}{roundTrips,4}{took.Order().ElementAt(Connections / 2),8:F0}");
    }

    /// <summary>All that the process allocates counts, so the server is another process and the far end does without.</summary>
    private static async Task ExchangeAsync(RunningServer server)
    {
        using var there = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        there.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        new Thread(() => Echo(there)) { IsBackground = true }.Start();
        using var udp = await new SocksClient(HopServer.At("127.0.0.1", server.Port)).AssociateAsync();
        var destination = SocksEndpoint.From((IPEndPoint)there.LocalEndPoint!);
        var (data, buffer, lost, isWarm) = (new byte[64], new byte[2000], 0, false);
        var (begun, allocated) = (0L, 0L);
        for (var i = -WarmUp; i < Datagrams; i++)
        {
            if (i >= 0 && !isWarm)
            {
                isWarm = true;
                (begun, allocated) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes(precise: true));
            }
            await udp.SendAsync(data, destination);
            if ((await udp.ReceiveAsync(buffer)).Length != data.Length) lost++;
        }
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var took = Stopwatch.GetElapsedTime(begun).TotalMicroseconds / Datagrams;
        Console.WriteLine($"{Datagrams} times 64 octets there and back, one after the other: {took:F1} µs, {allocated / (double)Datagrams:F4} octets allocated each ({allocated} in all), {lost} wrong");
    }

    private static void Echo(Socket socket)
    {
        var (buffer, from) = (new byte[2000], new SocketAddress(AddressFamily.InterNetwork));
        try
        {
            while (true)
            {
                var received = socket.ReceiveFrom(buffer, SocketFlags.None, from);
                socket.SendTo(buffer.AsSpan(0, received), SocketFlags.None, from);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }
}
