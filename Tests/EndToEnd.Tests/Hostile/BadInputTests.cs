using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Protocol;
using Testing;

namespace Socks64Actors.EndToEnd.Tests.Hostile;

/// <summary>Clients that say what they must not.</summary>
public class BadInputTests
{
    private const string Greeting = "050100", GreetingAnswer = "0500";
    private const string GeneralFailure = "05010001000000000000";
    private const int Garbage = 64 << 20;

    /// <summary>What a client says, what it is answered, and what the log says to it.</summary>
    private static readonly (string Said, string Answer, string Reason)[] Cases =
    [
        ($"05FF{new string('0', 2 * 1000)}", GreetingAnswer + GeneralFailure, "request: wrong version octet"),
        ($"05FF{Repeat("FE", 255)}", "05FF", "greeting: no acceptable method offered"),
        ("0500", "05FF", "greeting: greeting offers no method"),
        ("060100", "", "greeting: first octet 06 is no SOCKS version"),
        ("FFFFFF", "", "greeting: first octet FF is no SOCKS version"),
        (Text("GET / HTTP/1.1\r\nHost: example.com\r\n\r\n"), "", "greeting: this is HTTP; the client takes this SOCKS port for an HTTP proxy"),
        (Text("CONNECT example.com:443 HTTP/1.1\r\n\r\n"), "", "greeting: this is HTTP; the client takes this SOCKS port for an HTTP proxy"),
        ("1603010200010001FC0303", "", "greeting: this is TLS; the client takes this SOCKS port for a TLS one"),
        ("04090050C000020A00", "005B", "request: command not supported"),
        ("050102" + "05", "0502" + "0101", "authentication: wrong version octet"),
        ("050102" + "010000", "0502" + "0101", "authentication: empty user name or password"),
        (Greeting + "04010001", GreetingAnswer + GeneralFailure, "request: wrong version octet"),
        (Greeting + "050100030000500000", GreetingAnswer + GeneralFailure, "request: domain name of length 0"),
        (Greeting + "0501000303610062" + "0050", GreetingAnswer + GeneralFailure, "request: domain name with a NUL"),
        (Greeting + $"05010003FF{Repeat("00", 255)}0050", GreetingAnswer + GeneralFailure, "request: domain name with a NUL"),
        (Greeting + $"05010003FF{Repeat("61", 255)}0050", GreetingAnswer + "05040001000000000000", "resolve: name not found"),
        (Greeting + "05010002", GreetingAnswer + "05080001000000000000", "request: address type not supported"),
        (Greeting + "05040001C000020A0050", GreetingAnswer + "05070001000000000000", "request: command not supported"),
    ];

    [Fact]
    public async Task Each_wrong_word_gets_the_answer_it_is_owed_and_a_reason_in_the_log()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        foreach (var (said, answer, reason) in Cases)
        {
            using (var client = await gateway.ConnectAsync())
            {
                await client.SendAsync(Convert.FromHexString(said));
                Assert.StartsWith(answer, Convert.ToHexString(await WhatIsLeftAsync(client.Socket)));
            }
            await Eventually.Holds(() => gateway.Reasons.Any(told => told.Contains(reason)), () => $"{reason}: not in\n{gateway.LastWords()}");
        }
        gateway.HasNothingToReport();
        await gateway.IsAsBeforeAsync();
    }

    [Fact]
    public async Task A_refusal_arrives_however_much_follows_the_request()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        using (var client = await gateway.ConnectAsync())
        {
            var pouring = PourAsync(client.Socket, Convert.FromHexString(Greeting + "05010002"));
            Assert.Equal(GreetingAnswer + "05080001000000000000", Convert.ToHexString(await client.ReadAsync(12)));
            Assert.InRange(await pouring, 1, Garbage - 1);
        }
        await gateway.IsAsBeforeAsync();
    }

    [Fact]
    public async Task What_follows_a_request_waits_in_the_kernel_until_somebody_takes_it()
    {
        await using var gateway = await GatewayProcess.StartAsync("socks64.timeouts.bind = 5s");
        using var silent = new SilentDestination();
        SocksRequest[] requests =
        [
            new(SocksCommand.Connect, RequestFlags.None, SocksEndpoint.From(silent.Endpoint)),
            new(SocksCommand.Bind, RequestFlags.None, SocksEndpoint.Unspecified),
        ];
        foreach (var request in requests)
        {
            using var client = await gateway.ConnectAsync();
            await client.GreetAsync(AuthMethod.NoAuthentication);
            var pouring = PourAsync(client.Socket, request.ToBytes());
            await Task.WhenAny(pouring, Task.Delay(TimeSpan.FromSeconds(2)));
            client.Socket.Reset();
            Assert.InRange(await pouring, 1, Garbage - 1);
        }
        await gateway.IsAsBeforeAsync();
    }

    [Fact]
    public async Task A_control_connection_may_say_anything_and_keeps_its_association()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        using var remote = new UdpPeer(IPAddress.Loopback);
        using var peer = new UdpPeer(IPAddress.Loopback);
        using (var client = await gateway.ConnectAsync())
        {
            var reply = await client.AskAsync(SocksCommand.UdpAssociate, SocksEndpoint.Unspecified);
            reply.Bound.TryGetLiteral(out var relay);
            Assert.Equal(Garbage, await PourAsync(client.Socket, []));
            await peer.SendAsync([.. new UdpHeader(0, SocksEndpoint.From(remote.Endpoint)).ToBytes(), 7], relay.ToIPEndPoint());
            Assert.Equal([7], (await remote.ReceiveAsync()).Octets);
        }
        await gateway.IsAsBeforeAsync();
    }

    /// <summary>Sends <paramref name="first"/> and then nonsense, as much as goes; tells how much of that went.</summary>
    private static async Task<int> PourAsync(Socket socket, byte[] first)
    {
        var octets = new byte[64 << 10];
        Array.Fill(octets, (byte)0xA5);
        var poured = 0;
        try
        {
            await socket.SendAsync(first);
            while (poured < Garbage)
                poured += await socket.SendAsync(octets.AsMemory(0, Math.Min(octets.Length, Garbage - poured)));
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
        }
        return poured;
    }

    /// <summary>All up to the end of the connection, in whatever way it ends.</summary>
    private static async Task<byte[]> WhatIsLeftAsync(Socket socket)
    {
        var octets = new MemoryStream();
        var buffer = new byte[1024];
        try
        {
            while (await socket.ReceiveAsync(buffer).WaitAsync(Eventually.Patience) is var received and > 0)
                octets.Write(buffer, 0, received);
        }
        catch (SocketException)
        {
        }
        return octets.ToArray();
    }

    private static string Repeat(string octet, int count) => string.Concat(Enumerable.Repeat(octet, count));

    private static string Text(string text) => Convert.ToHexString(Encoding.ASCII.GetBytes(text));
}
