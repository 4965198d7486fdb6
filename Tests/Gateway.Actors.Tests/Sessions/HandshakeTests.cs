using System.Net;
using System.Text;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;

namespace Gateway.Actors.Tests.Sessions;

public class HandshakeTests
{
    private static readonly byte[] Greeting = [5, 1, 0], Data = "early data"u8.ToArray();

    [Fact]
    public async Task Greeting_request_and_data_in_one_segment_are_all_served()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await gateway.ConnectAsync();

        await socks.SendAsync((byte[])[.. Greeting, .. Request(echo.Endpoint), .. Data]);

        await ExpectServedAsync(socks);
    }

    [Fact]
    public async Task Client_that_finishes_with_its_first_segment_still_gets_the_answer()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await gateway.ConnectAsync();

        await socks.SendAsync((byte[])[.. Greeting, .. Request(echo.Endpoint), .. Data]);
        socks.Socket.Finish();

        await ExpectServedAsync(socks);
        Assert.Empty(await socks.ReadToEndAsync());
    }

    [Fact]
    public async Task Handshake_may_be_split_at_every_octet()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        foreach (var (head, tail) in Splitter.EveryPlace([.. Greeting, .. Request(echo.Endpoint), .. Data]))
        {
            using var socks = await gateway.ConnectAsync();
            await socks.SendAsync(head);
            await gateway.HasSessionsAsync(1);
            await socks.SendAsync(tail);
            await ExpectServedAsync(socks);
            socks.Dispose();
            await gateway.HasSessionsAsync(0);
        }
    }

    [Fact]
    public async Task Handshake_may_come_octet_by_octet()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.IPv6Loopback);
        using var socks = await gateway.ConnectAsync(IPAddress.IPv6Loopback);

        foreach (var octet in Splitter.Pieces([.. Greeting, .. Request(echo.Endpoint), .. Data], 1))
            await socks.SendAsync(octet);

        await ExpectServedAsync(socks);
    }

    [Theory]
    [InlineData("0503800102", "05FF", "greeting: no acceptable method offered")]
    [InlineData("0500", "05FF", "greeting: greeting offers no method")]
    [InlineData("050100 0504000100000000 0050", "0500 05070001000000000000", "request: command not supported")]
    [InlineData("050100 050C000100000000 0050", "0500 05070001000000000000", "request: command not supported")]
    [InlineData("050100 05010002 00", "0500 05080001000000000000", "request: address type not supported")]
    [InlineData("050100 0508000401020304050607080910111213141516 0002", "0500 05080001000000000000", "request: undefined address preference")]
    [InlineData("050100 0501000801A1B2C3 0050", "0500 05090001000000000000", "request: ADDRESS ID of a reserved class")]
    [InlineData("050100 0501000800A1B2C3 0050", "0500 05090001000000000000", "request: the client has no such ADDRESS ID")]
    [InlineData("050100 0501000300 0050", "0500 05010001000000000000", "request: domain name of length 0")]
    [InlineData("050100 050100030361006200 50", "0500 05010001000000000000", "request: domain name with a NUL")]
    [InlineData("050100 04010050", "0500 05010001000000000000", "request: wrong version octet")]
    public async Task Broken_rule_is_answered_and_the_connection_closed(string sent, string answered, string reason)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync();

        await socks.SendAsync(Octets(sent));

        Assert.Equal(answered.Replace(" ", ""), Convert.ToHexString(await socks.ReadToEndAsync()));
        socks.Dispose();
        Assert.Equal(reason, (await gateway.NextRecordAsync()).Reason);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "this is HTTP")]
    [InlineData("CONNECT example.com:443 HTTP/1.1\r\n\r\n", "this is HTTP")]
    [InlineData("\u0016\u0003\u0001", "this is TLS")]
    [InlineData("\u0009", "first octet 09 is no SOCKS version")]
    public async Task Other_protocols_are_left_with_a_hint_in_the_log(string sent, string hint)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync();

        await socks.SendAsync(Encoding.Latin1.GetBytes(sent));

        var record = await gateway.NextRecordAsync();
        Assert.Contains(hint, record.Reason);
        Assert.Null(record.Command);
    }

    [Theory]
    [InlineData("", "greeting")]
    [InlineData("05", "greeting")]
    [InlineData("050100", "request")]
    [InlineData("050100 0501000305", "request")]
    [InlineData("050100 050100082A0050", "request")]
    public async Task Client_that_falls_silent_is_left_when_the_time_is_over(string sent, string phase)
    {
        await using var gateway = await TestGateway.StartAsync("timeouts.handshake = 100ms");
        using var socks = await gateway.ConnectAsync();

        await socks.SendAsync(Octets(sent));

        Assert.Equal($"{phase}: timed out", (await gateway.NextRecordAsync()).Reason);
    }

    [Theory]
    [InlineData("", "greeting")]
    [InlineData("0502", "greeting")]
    [InlineData("050100", "request")]
    [InlineData("050100 05010001", "request")]
    public async Task Client_that_leaves_in_the_handshake_leaves_nothing_behind(string sent, string phase)
    {
        await using var gateway = await TestGateway.StartAsync();
        foreach (var resets in new[] { false, true })
            await LeaveAsync(resets);

        async Task LeaveAsync(bool resets)
        {
            using var socks = await gateway.ConnectAsync();
            await socks.SendAsync(Octets(sent));
            // A reset takes along what was not read yet.
            if (phase == "request")
                await socks.ReadAsync<MethodChoice>();
            await gateway.HasSessionsAsync(1);
            if (resets)
                socks.Socket.Reset();
            else
                socks.Dispose();
            Assert.StartsWith($"{phase}: the client left", (await gateway.NextRecordAsync()).Reason);
        }
    }

    [Fact]
    public async Task Longest_name_and_its_255_octets_are_taken()
    {
        await using var gateway = await TestGateway.StartAsync();
        var name = string.Join('.', Enumerable.Repeat(new string('a', 63), 4));
        gateway.Names.Add(name, Families.V4);
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await gateway.ConnectAsync();

        Assert.Equal(255, name.Length);
        Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, Families.Named(name, echo.Endpoint.Port))).Code);
    }

    [Fact]
    public async Task Method_is_the_first_of_the_listener_that_the_client_offers()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(AuthMethod.NoAuthentication, await socks.GreetAsync(AuthMethod.Gssapi, AuthMethod.Password, AuthMethod.NoAuthentication));
    }

    private static async Task ExpectServedAsync(SocksTestClient socks)
    {
        Assert.Equal(AuthMethod.NoAuthentication, (await socks.ReadAsync<MethodChoice>()).Method);
        Assert.Equal(ReplyCode.Succeeded, (await socks.ReadAsync<SocksReply>()).Code);
        Assert.Equal(Data, await socks.ReadAsync(Data.Length));
    }

    private static byte[] Request(IPEndPoint destination) =>
        new SocksRequest(SocksCommand.Connect, RequestFlags.None, SocksEndpoint.From(destination)).ToBytes();

    private static byte[] Octets(string hex) => Convert.FromHexString(hex.Replace(" ", ""));
}
