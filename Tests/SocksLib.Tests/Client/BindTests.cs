using System.Net;
using System.Net.Sockets;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static SocksLib.Tests.Client.Servers;

namespace SocksLib.Tests.Client;

/// <summary>Listening at a gateway.</summary>
public class BindTests
{
    [Theory]
    [InlineData(V4, false)]
    [InlineData(V6, false)]
    [InlineData(V4, true)]
    public async Task Peer_that_connects_is_told_and_talked_to(string family, bool isOurs)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var listener = await new SocksClient(isOurs ? Ours(gateway, family) : Stranger(gateway, family)).BindAsync().WaitAsync(Eventually.Patience);
        using var peer = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(listener.Endpoint).WaitAsync(Eventually.Patience);

        await using var stream = await listener.AcceptAsync().WaitAsync(Eventually.Patience);

        Assert.True(stream.Bound.TryGetLiteral(out var shown));
        Assert.Equal(peer.Here.Port, shown.Port);
        await peer.WriteAsync("hello"u8.ToArray());
        var read = new byte[5];
        await stream.ReadExactlyAsync(read).AsTask().WaitAsync(Eventually.Patience);
        Assert.Equal("hello"u8, read);
        await stream.WriteAsync("bye"u8.ToArray());
        stream.FinishWriting();
        Assert.Equal("bye"u8.ToArray(), await peer.ReadToEndAsync());
    }

    [Fact]
    public async Task Unspecified_address_is_that_of_the_gateway()
    {
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [SocksReply.Success(new SocksEndpoint(IpLiteral.AnyIpv4, 4711))]);

        using var listener = await new SocksClient(At(hop.Endpoint)).BindAsync().WaitAsync(Eventually.Patience);

        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 4711), listener.Endpoint);
    }

    [Fact]
    public async Task Expected_peer_is_told_to_the_gateway_and_early_octets_are_kept()
    {
        var (here, peer) = (new SocksEndpoint(IpLiteral.Parse(V4), 4711), SocksEndpoint.From("192.0.2.1", 20));
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [SocksReply.Success(here), SocksReply.Success(peer)], "early"u8.ToArray());
        using var listener = await new SocksClient(At(hop.Endpoint)).BindAsync(peer).WaitAsync(Eventually.Patience);

        await using var stream = await listener.AcceptAsync().WaitAsync(Eventually.Patience);

        Assert.Equal(peer, stream.Bound);
        Assert.Equal(new SocksRequest(SocksCommand.Bind, RequestFlags.None, peer), Assert.Single(hop.Requests));
        var read = new byte[5];
        await stream.ReadExactlyAsync(read).AsTask().WaitAsync(Eventually.Patience);
        Assert.Equal("early"u8, read);
        await Assert.ThrowsAsync<InvalidOperationException>(() => listener.AcceptAsync());
    }

    [Fact]
    public async Task Waiting_can_be_cancelled_and_taken_up_again()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var listener = await new SocksClient(Ours(gateway)).BindAsync().WaitAsync(Eventually.Patience);
        using var cancellation = new CancellationTokenSource();
        var waiting = listener.AcceptAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Eventually.Patience));

        using var peer = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(listener.Endpoint).WaitAsync(Eventually.Patience);
        await using var stream = await listener.AcceptAsync().WaitAsync(Eventually.Patience);

        Assert.Equal(peer.Here.Port, stream.Bound.Port);
    }

    [Fact]
    public async Task Second_reply_may_be_a_refusal()
    {
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [SocksReply.Success(SocksEndpoint.Unspecified), SocksReply.Failure(ReplyCode.TtlExpired)]);
        using var listener = await new SocksClient(At(hop.Endpoint)).BindAsync().WaitAsync(Eventually.Patience);

        var refused = await Assert.ThrowsAsync<SocksException>(() => listener.AcceptAsync().WaitAsync(Eventually.Patience));

        Assert.Equal(ReplyCode.TtlExpired, refused.Code);
    }

    [Fact]
    public async Task Gateway_that_leaves_ends_the_wait()
    {
        using var hop = new ScriptedHop(IPAddress.Loopback, async (hop, client) =>
        {
            await hop.TakeRequestAsync(client);
            await client.SendAsync(SocksReply.Success(SocksEndpoint.Unspecified));
            client.Dispose();
        });
        using var listener = await new SocksClient(At(hop.Endpoint)).BindAsync().WaitAsync(Eventually.Patience);

        await Assert.ThrowsAsync<SocksException>(() => listener.AcceptAsync().WaitAsync(Eventually.Patience));
    }

    [Fact]
    public async Task Listener_that_is_disposed_of_takes_nobody()
    {
        await using var gateway = await TestGateway.StartAsync();
        var listener = await new SocksClient(Ours(gateway)).BindAsync().WaitAsync(Eventually.Patience);

        listener.Dispose();

        await gateway.HasSessionsAsync(0);
        await Assert.ThrowsAsync<InvalidOperationException>(() => listener.AcceptAsync());
    }
}
