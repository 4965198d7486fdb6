using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Gateway.Actors.Chains;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Gateway.Transport;
using SocksLib;
using Testing;

namespace Gateway.Actors.Tests.Chains;

public sealed class LoopNetworkTests : IDisposable
{
    private readonly Loop _loop = new();
    private readonly FakeNames _names = new();
    private readonly Resolver _resolver;
    private readonly LoopNetwork _network;

    public LoopNetworkTests()
    {
        _loop.Start();
        _resolver = new Resolver(names: _names);
        _network = new LoopNetwork(new Dialer(_loop, _resolver));
    }

    public void Dispose()
    {
        _loop.Dispose();
        _resolver.Dispose();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task A_channel_carries_octets_both_ways(string family)
    {
        using var hop = new TcpDestination(IPAddress.Parse(family));
        var (channel, there) = await OpenAsync(hop);
        using var socket = there;
        var events = await ListenAsync(channel);

        await On(() => channel.Send("greeting"u8));
        Assert.Equal("greeting"u8.ToArray(), await there.ReadAsync(8));
        await there.WriteAsync("choice"u8.ToArray());
        await events.HasReadAsync("choice");

        Assert.Equal((LiteralEndpoint.From(there.There), LiteralEndpoint.From(there.Here)), (channel.Local, channel.Peer));
    }

    [Fact]
    public async Task What_is_not_consumed_is_shown_again_with_what_follows()
    {
        using var hop = new TcpDestination(IPAddress.Loopback);
        var (channel, there) = await OpenAsync(hop);
        using var socket = there;
        var events = await ListenAsync(channel, consume: 1);

        await there.WriteAsync("ab"u8.ToArray());
        await events.HasReadAsync("ab");
        await there.WriteAsync("c"u8.ToArray());
        await events.HasReadAsync("bc");
    }

    [Fact]
    public async Task What_came_while_nobody_listened_is_shown_and_then_the_end()
    {
        using var hop = new TcpDestination(IPAddress.Loopback);
        var (channel, there) = await OpenAsync(hop);
        using var socket = there;
        var first = await ListenAsync(channel);
        await there.WriteAsync("reply"u8.ToArray());
        await first.HasReadAsync("reply");
        await On(() => channel.Handler = null);

        await there.WriteAsync("early"u8.ToArray());
        there.Finish();
        var second = await ListenAsync(channel, consume: 5);

        await second.HasReadAsync("reply");
        await second.HasReadAsync("early");
        Assert.Equal("ended: closed", await second.NextAsync());
    }

    [Fact]
    public async Task A_handler_that_comes_after_the_end_hears_of_it()
    {
        using var hop = new TcpDestination(IPAddress.Loopback);
        var (channel, there) = await OpenAsync(hop);
        using var socket = there;
        var first = await ListenAsync(channel);
        there.Finish();
        Assert.Equal("ended: closed", await first.NextAsync());

        var second = await ListenAsync(channel);

        Assert.Equal("ended: closed", await second.NextAsync());
    }

    [Fact]
    public async Task A_reset_ends_the_channel_with_its_cause()
    {
        using var hop = new TcpDestination(IPAddress.Loopback);
        var (channel, there) = await OpenAsync(hop);
        var events = await ListenAsync(channel);

        there.Reset();

        Assert.Equal("ended: Connection reset by peer", await events.NextAsync());
    }

    [Fact]
    public async Task Who_aborts_hears_nothing_more()
    {
        using var hop = new TcpDestination(IPAddress.Loopback);
        var (channel, there) = await OpenAsync(hop);
        using var socket = there;
        var events = await ListenAsync(channel);

        await On(channel.Abort);

        Assert.True(await there.IsResetAsync());
        Assert.False(await On(() => channel.Send("late"u8)));
        Assert.True(events.IsEmpty);
    }

    [Fact]
    public async Task The_connection_is_given_back_with_what_was_not_consumed()
    {
        using var hop = new TcpDestination(IPAddress.Loopback);
        var (channel, there) = await OpenAsync(hop);
        using var socket = there;
        var events = await ListenAsync(channel);
        await there.WriteAsync("payload"u8.ToArray());
        await events.HasReadAsync("payload");

        var connection = await On(channel.Take);

        Assert.Equal("payload"u8.ToArray(), await On(() => connection.Unread.ToArray()));
        Assert.True(await On(() => connection.IsOpen));
        Assert.Null(await On(() => connection.Handler));
    }

    [Fact]
    public async Task A_refusal_tells_the_code_that_is_owed_and_why()
    {
        using var closed = new ClosedPort(IPAddress.IPv6Loopback);
        var opening = new Opening();
        await On(() => _network.Open(SocksEndpoint.From(closed.Endpoint), FamilyWish.Any, opening));

        var failure = await Assert.ThrowsAsync<OpenFailed>(() => opening.Channel);

        Assert.Equal((ReplyCode.ConnectionRefused, $"connect {closed.Endpoint}: Connection refused"), (failure.Code, failure.Message));
    }

    [Fact]
    public async Task A_literal_of_a_family_that_may_not_be_used_is_not_tried()
    {
        using var hop = new TcpDestination(IPAddress.Loopback);
        var opening = new Opening();
        await On(() => _network.Open(SocksEndpoint.From(hop.Endpoint), FamilyWish.Ipv6, opening));

        Assert.Equal(ReplyCode.NetworkUnreachable, (await Assert.ThrowsAsync<OpenFailed>(() => opening.Channel)).Code);
    }

    [Theory]
    [InlineData(FamilyWish.Ipv4, "127.0.0.1")]
    [InlineData(FamilyWish.Ipv6, "::1")]
    public async Task A_named_server_is_opened_over_the_family_that_is_asked_for(FamilyWish over, string expected)
    {
        _names.Add("hop.test", "127.0.0.1", "::1");
        using var hop = new TcpDestination(IPAddress.Parse(expected));
        var opening = new Opening();
        await On(() => _network.Open(new SocksEndpoint(SocksAddress.FromName("hop.test"), (ushort)hop.Endpoint.Port), over, opening));

        var channel = await opening.Channel.WaitAsync(Eventually.Patience);

        Assert.Equal(LiteralEndpoint.From(hop.Endpoint), channel.Peer);
    }

    [Theory]
    [InlineData(FamilyWish.Any, "2001:db8::1 192.0.2.1")]
    [InlineData(FamilyWish.Ipv4, "192.0.2.1")]
    [InlineData(FamilyWish.Ipv6, "2001:db8::1")]
    [InlineData(FamilyWish.PreferIpv4, "192.0.2.1 2001:db8::1")]
    public async Task A_name_is_resolved_within_the_wish_the_preferred_first(FamilyWish over, string expected)
    {
        _names.Add("hop.test", "192.0.2.1", "2001:db8::1");
        var found = new TaskCompletionSource<IReadOnlyList<IpLiteral>>(TaskCreationOptions.RunContinuationsAsynchronously);

        await On(() => _network.Resolve("hop.test", over, found.SetResult));

        Assert.Equal(expected, string.Join(' ', await found.Task.WaitAsync(Eventually.Patience)));
    }

    [Fact]
    public async Task What_is_cancelled_is_not_heard_of()
    {
        using var hop = new TcpDestination(IPAddress.Loopback);
        var heard = false;
        var later = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await On(() =>
        {
            _network.Schedule(TimeSpan.FromMilliseconds(1), () => heard = true).Cancel();
            _network.Resolve("hop.test", FamilyWish.Any, _ => heard = true).Cancel();
            _network.Open(SocksEndpoint.From(hop.Endpoint), FamilyWish.Any, new Opening()).Cancel();
            return _network.Schedule(TimeSpan.FromMilliseconds(50), later.SetResult);
        });
        await later.Task.WaitAsync(Eventually.Patience);
        Assert.False(heard);
    }

    private async Task<(LoopChannel Channel, Socket There)> OpenAsync(TcpDestination hop)
    {
        var opening = new Opening();
        await On(() => _network.Open(SocksEndpoint.From(hop.Endpoint), FamilyWish.Any, opening));
        return ((LoopChannel)await opening.Channel.WaitAsync(Eventually.Patience), await hop.AcceptAsync());
    }

    private async Task<Events> ListenAsync(IChannel channel, int consume = 0)
    {
        var events = new Events(consume);
        await On(() => channel.Handler = events);
        return events;
    }

    private Task<T> On<T>(Func<T> action)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Post(() =>
        {
            try
            {
                done.SetResult(action());
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        return done.Task.WaitAsync(Eventually.Patience);
    }

    private Task On(Action action) => On(() =>
    {
        action();
        return true;
    });

    private sealed class OpenFailed(ReplyCode code, string cause) : Exception(cause)
    {
        public ReplyCode Code => code;
    }

    private sealed class Opening : IOpenHandler
    {
        private readonly TaskCompletionSource<IChannel> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<IChannel> Channel => _opened.Task;

        public void OnOpened(IChannel channel) => _opened.SetResult(channel);

        public void OnOpenFailed(ReplyCode code, string cause) => _opened.SetException(new OpenFailed(code, cause));
    }

    /// <summary>Writes down what it is shown, and consumes as many octets of each showing as the test says.</summary>
    private sealed class Events(int consume) : IChannelHandler
    {
        private readonly Channel<string> _events = Channel.CreateUnbounded<string>();

        public bool IsEmpty => _events.Reader.Count == 0;

        public Task<string> NextAsync() => _events.Reader.ReadAsync().AsTask().WaitAsync(Eventually.Patience);

        /// <summary>Waits until exactly these octets are shown; before them a part of them may be.</summary>
        public async Task HasReadAsync(string text)
        {
            string next;
            do
                next = await NextAsync();
            while (next != text && text.StartsWith(next, StringComparison.Ordinal));
            Assert.Equal(text, next);
        }

        public void OnReadable(IChannel channel)
        {
            _events.Writer.TryWrite(System.Text.Encoding.ASCII.GetString(channel.Unread));
            channel.Consume(Math.Min(consume, channel.Unread.Length));
        }

        public void OnEnded(IChannel channel, string cause) => _events.Writer.TryWrite($"ended: {cause}");
    }
}
