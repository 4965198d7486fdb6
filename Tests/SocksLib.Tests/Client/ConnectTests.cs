using System.Net;
using System.Text;
using Gateway.Actors.Access;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static SocksLib.Tests.Client.Servers;

namespace SocksLib.Tests.Client;

/// <summary>Streams through gateways.</summary>
public class ConnectTests
{
    [Theory]
    [InlineData(V4, V4, false)]
    [InlineData(V4, V6, true)]
    [InlineData(V6, V4, true)]
    [InlineData(V6, V6, false)]
    public async Task Octets_go_to_a_literal_and_a_name_and_come_back(string near, string far, bool isOurs)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("there.test", far);
        using var echo = new EchoServer(IPAddress.Parse(far));
        var client = new SocksClient(isOurs ? Ours(gateway, near) : Stranger(gateway, near));

        foreach (var host in new[] { far, "there.test" })
        {
            await using var stream = await client.ConnectAsync(host, echo.Endpoint.Port).WaitAsync(Eventually.Patience);
            await EchoAsync(stream, 1, 2, 3);
            Assert.Single(stream.Hops);
        }
        await using var other = await client.ConnectAsync(echo.Endpoint).WaitAsync(Eventually.Patience);
        await EchoAsync(other, 4);
    }

    [Fact]
    public async Task Gateways_of_our_make_tell_their_true_address()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new TcpDestination(IPAddress.IPv6Loopback);

        await using var stream = await new SocksClient(Ours(gateway, V4)).ConnectAsync(there.Endpoint).WaitAsync(Eventually.Patience);
        using var peer = await there.AcceptAsync();

        Assert.Equal(SocksEndpoint.From(peer.There), stream.Bound);
    }

    [Fact]
    public async Task Each_direction_ends_by_itself()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new TcpDestination(IPAddress.Loopback);
        await using var stream = await new SocksClient(Stranger(gateway)).ConnectAsync(there.Endpoint).WaitAsync(Eventually.Patience);
        using var peer = await there.AcceptAsync();

        await stream.WriteAsync("question"u8.ToArray());
        stream.FinishWriting();
        Assert.Equal("question", Encoding.ASCII.GetString(await peer.ReadToEndAsync()));
        await peer.WriteAsync("answer"u8.ToArray());
        peer.Finish();

        Assert.Equal("answer", Encoding.ASCII.GetString(await ReadToEndAsync(stream)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task What_comes_right_behind_the_reply_is_read_first(int size)
    {
        var success = SocksReply.Success(SocksEndpoint.Unspecified);
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [success], "early"u8.ToArray());
        await using var stream = await new SocksClient(At(hop.Endpoint)).ConnectAsync("there.test", 80).WaitAsync(Eventually.Patience);

        var read = new List<byte>();
        var buffer = new byte[size];
        while (read.Count < 5) read.AddRange(buffer[..await stream.ReadAsync(buffer).AsTask().WaitAsync(Eventually.Patience)]);

        Assert.Equal("early", Encoding.ASCII.GetString([.. read]));
    }

    [Fact]
    public async Task Every_way_to_read_begins_with_what_came_early()
    {
        var success = SocksReply.Success(SocksEndpoint.Unspecified);
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [success], "early"u8.ToArray());
        await using var stream = await new SocksClient(At(hop.Endpoint)).ConnectAsync("there.test", 80).WaitAsync(Eventually.Patience);
        // Alone or together, the octets are behind the reply in the kernel by now, or early here.
        await Eventually.Holds(() => stream.DataAvailable, () => "nothing came");

        var buffer = new byte[5];
        Assert.Equal('e', stream.ReadByte());
        stream.ReadExactly(buffer, 0, 1);
        stream.ReadExactly(buffer.AsSpan(1, 1));
        Assert.Equal(1, stream.EndRead(stream.BeginRead(buffer, 2, 1, null, null)));
        Assert.Equal(1, await stream.ReadAsync(buffer, 3, 1));

        Assert.Equal("arly", Encoding.ASCII.GetString(buffer, 0, 4));
    }

    [Fact]
    public async Task Refusal_has_the_code_and_names_the_hop_and_the_phase()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var closed = new ClosedPort(IPAddress.Loopback);

        var refused = await Assert.ThrowsAsync<SocksException>(() => new SocksClient(Ours(gateway)).ConnectAsync(closed.Endpoint).WaitAsync(Eventually.Patience));

        Assert.Equal(ReplyCode.ConnectionRefused, refused.Code);
        Assert.Equal((1, ChainPhase.Request), (refused.Failure!.Hop, refused.Failure.Phase));
        Assert.True(refused.Failure.IsVerdict);
        Assert.EndsWith("request: connection refused", refused.Message);
    }

    [Theory]
    [InlineData("s3cret", true)]
    [InlineData("s3cret", false)]
    [InlineData("wrong", true)]
    [InlineData("wrong", false)]
    public async Task Password_lets_in_who_knows_it(string password, bool isOnly)
    {
        await using var gateway = await TestGateway.StartAsync($$"""
            users { alice { password = "{{PasswordHash.Create("s3cret"u8, PasswordHash.LeastIterations).Reveal()}}" } }
            listeners = [{ address = "127.0.0.1:0", auth = [password] }]
            """);
        using var echo = new EchoServer(IPAddress.Loopback);
        var login = isOnly ? HopLogin.PasswordOnly("alice", password) : HopLogin.Password("alice", password);
        var client = new SocksClient(Ours(gateway) with { Login = login });

        if (password == "s3cret")
        {
            await using var stream = await client.ConnectAsync(echo.Endpoint).WaitAsync(Eventually.Patience);
            await EchoAsync(stream, 1, 2, 3);
        }
        else
        {
            var refused = await Assert.ThrowsAsync<SocksException>(() => client.ConnectAsync(echo.Endpoint).WaitAsync(Eventually.Patience));
            Assert.Equal(ChainPhase.Authentication, refused.Failure!.Phase);
        }
    }

    [Fact]
    public async Task In_one_flight_everything_is_there_before_the_first_answer()
    {
        using var hop = new ScriptedHop(IPAddress.Loopback, async (_, client) =>
        {
            Assert.Equal(MethodOffer.Of(AuthMethod.Password), await client.ReadAsync<MethodOffer>());
            await client.ReadAsync<PasswordRequest>();
            await client.ReadAsync<SocksRequest>();
            await client.SendAsync((byte[])[5, 2, 1, 0, .. SocksReply.Success(SocksEndpoint.Unspecified).ToBytes()]);
        });
        var client = new SocksClient(At(hop.Endpoint) with { TakesOneFlight = true, Login = HopLogin.PasswordOnly("u", "p") });

        await using var stream = await client.ConnectAsync("there.test", 80).WaitAsync(Eventually.Patience);

        Assert.Equal(SocksEndpoint.Unspecified, stream.Bound);
    }

    [Fact]
    public async Task HttpClient_goes_through_a_gateway()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("there.test", V6);
        using var there = new TcpDestination(IPAddress.IPv6Loopback);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectCallback = new SocksClient(Ours(gateway)).ConnectCallback });

        var page = http.GetStringAsync($"http://there.test:{there.Endpoint.Port}/");
        using var peer = await there.AcceptAsync();
        await peer.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"u8.ToArray());

        Assert.Equal("hello", await page.WaitAsync(Eventually.Patience));
    }

    [Fact]
    public async Task Many_connect_at_once_with_one_client()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        var client = new SocksClient(Ours(gateway));

        await Task.WhenAll(Enumerable.Range(0, 50).Select(async number =>
        {
            await using var stream = await client.ConnectAsync(echo.Endpoint);
            await EchoAsync(stream, (byte)number);
        })).WaitAsync(Eventually.Patience);
    }
}
