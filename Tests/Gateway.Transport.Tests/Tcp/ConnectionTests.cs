using System.Net.Sockets;

namespace Gateway.Transport.Tests;

public sealed class ConnectionTests : IDisposable
{
    private readonly TestLoop _loop = new();
    private readonly RecordingHandler _handler = new();

    public void Dispose() => _loop.Dispose();

    [Fact]
    public async Task Octets_are_shown_and_answers_arrive()
    {
        using var pair = await TcpPair.Open(_loop, _handler);
        pair.Peer.Send("hello"u8);
        Assert.Equal("hello"u8.ToArray(), await _handler.Octets(5));
        Assert.True(await _loop.On(() => pair.Connection.Send("world"u8)));
        Assert.Equal("world"u8.ToArray(), pair.Peer.Read(5));
        Assert.Equal(IpEndpoint.From((System.Net.IPEndPoint)pair.Peer.LocalEndPoint!).Unmapped, pair.Connection.Peer);
        Assert.Equal(IpEndpoint.From((System.Net.IPEndPoint)pair.Peer.RemoteEndPoint!).Unmapped, pair.Connection.Local);
    }

    [Fact]
    public async Task What_is_not_consumed_is_shown_again_with_what_comes_later()
    {
        var shown = new Mailbox<string>();
        var handler = new RecordingHandler
        {
            Readable = connection =>
            {
                shown.Put(System.Text.Encoding.ASCII.GetString(connection.Unread));
                if (connection.Unread.Length > 3)
                    connection.Consume(2);
            },
        };
        using var pair = await TcpPair.Open(_loop, handler);
        pair.Peer.Send("abc"u8);
        Assert.Equal("abc", await shown.Next());
        pair.Peer.Send("def"u8);
        Assert.Equal("abcdef", await shown.Next());
        Assert.Equal("cdef", await _loop.On(() => System.Text.Encoding.ASCII.GetString(pair.Connection.Unread)));
    }

    [Fact]
    public async Task A_handler_that_comes_later_is_shown_what_has_arrived()
    {
        using var pair = await TcpPair.Open(_loop);
        pair.Peer.Send("early"u8);
        await _loop.On(() => pair.Connection.Handler = _handler);
        Assert.Equal("early"u8.ToArray(), await _handler.Octets(5));
    }

    [Fact]
    public async Task A_full_buffer_of_unread_octets_stops_reading_until_some_are_consumed()
    {
        var full = new TaskCompletionSource();
        var size = new LoopOptions().BufferSize;
        var handler = new RecordingHandler { Readable = connection => { if (connection.Unread.Length == size) full.TrySetResult(); } };
        using var pair = await TcpPair.Open(_loop, handler);
        var sent = new byte[3 * size];
        Random.Shared.NextBytes(sent);
        var sending = Task.Run(() => pair.Peer.Send(sent));
        await full.Task.WaitAsync(TestLoop.Patience);

        var rest = new RecordingHandler();
        await _loop.On(() => pair.Connection.Handler = rest);
        Assert.Equal(sent, await rest.Octets(sent.Length));
        await sending;
    }

    [Fact]
    public async Task Paused_reading_shows_nothing_until_it_is_resumed()
    {
        using var pair = await TcpPair.Open(_loop, _handler);
        await _loop.On(pair.Connection.PauseReading);
        pair.Peer.Send("later"u8);
        await _loop.On(() => Assert.True(_handler.IsEmpty));
        await _loop.On(pair.Connection.ResumeReading);
        Assert.Equal("later"u8.ToArray(), await _handler.Octets(5));
    }

    [Fact]
    public async Task A_reset_is_noticed_even_while_reading_is_paused()
    {
        using var pair = await TcpPair.Open(_loop, _handler);
        await _loop.On(pair.Connection.PauseReading);
        pair.Peer.LingerState = new LingerOption(true, 0);
        pair.Peer.Close();
        var reason = Assert.IsType<CloseReason>(await _handler.Next());
        Assert.Equal(CloseKind.Failed, reason.Kind);
        Assert.True(reason.IsReset);
    }

    [Fact]
    public async Task The_peers_end_leaves_the_other_direction_open()
    {
        using var pair = await TcpPair.Open(_loop, _handler);
        pair.Peer.Send("last"u8);
        pair.Peer.Shutdown(SocketShutdown.Send);
        Assert.Equal("last"u8.ToArray(), await _handler.Octets(4));
        Assert.Equal("finished", await _handler.Next());
        Assert.True(await _loop.On(() => pair.Connection.PeerFinished && pair.Connection.Send("still here"u8)));
        await _loop.On(pair.Connection.Close);
        Assert.Equal("still here"u8.ToArray(), pair.Peer.ReadToEnd());
    }

    [Fact]
    public async Task What_the_kernel_does_not_take_is_kept_in_order_up_to_a_limit()
    {
        using var pair = await TcpPair.Open(_loop, _handler);
        var sent = new List<byte>();
        await _loop.On(() =>
        {
            var portion = new byte[10_000];
            for (var i = 0; ; i++)
            {
                Array.Fill(portion, (byte)i);
                if (!pair.Connection.Send(portion))
                    break;
                sent.AddRange(portion);
            }
            Assert.True(pair.Connection.HasPendingOutput);
            pair.Connection.ShutdownWrite();
        });
        Assert.Equal(sent.ToArray(), pair.Peer.ReadToEnd());
        Assert.Equal("drained", await _handler.Next());
    }

    [Fact]
    public async Task An_exception_in_the_handler_resets_the_connection_and_nothing_else()
    {
        var handler = new RecordingHandler { Readable = _ => throw new InvalidOperationException("handler") };
        using var pair = await TcpPair.Open(_loop, handler);
        using var other = await TcpPair.Open(_loop, _handler);
        pair.Peer.Send("x"u8);
        Assert.Equal(CloseKind.Faulted, Assert.IsType<CloseReason>(await handler.Next()).Kind);
        Assert.Equal("handler", Assert.Single(_loop.Faults).Message);
        Assert.Equal(SocketError.ConnectionReset, Assert.Throws<SocketException>(() => pair.Peer.Read(1)).SocketErrorCode);
        other.Peer.Send("y"u8);
        await _handler.Octets(1);
    }

    [Fact]
    public async Task Closing_is_told_once_and_leaves_no_socket_behind()
    {
        using var pair = await TcpPair.Open(_loop, _handler);
        var before = _loop.Loop.Counters.Sockets;
        await _loop.On(() =>
        {
            pair.Connection.Close();
            pair.Connection.Close();
            pair.Connection.Abort();
            Assert.False(pair.Connection.Send("x"u8));
            Assert.False(pair.Connection.IsOpen);
        });
        Assert.Equal(new CloseReason(CloseKind.Closed), await _handler.Next());
        Assert.True(_handler.IsEmpty);
        Assert.Equal(before - 1, _loop.Loop.Counters.Sockets);
        Assert.Empty(pair.Peer.ReadToEnd());
    }

    [Fact]
    public async Task An_outgoing_connection_is_probed_from_its_second_sweep_on()
    {
        using var listener = TcpPair.Listen(System.Net.IPAddress.Loopback);
        using var resolver = new Resolver();
        var dials = new DialRecorder();
        var target = IpEndpoint.From((System.Net.IPEndPoint)listener.LocalEndPoint!);
        await _loop.On(() => new Dialer(_loop.Loop, resolver).Start(new DialTarget(target), dials));
        var (connection, _) = Assert.IsType<(Connection, int)>(await dials.Next());
        var sweep = _loop.Loop.KeepAliveSweep;
        Assert.True(sweep.IsScheduled);
        await _loop.On(sweep.OnDue);
        Assert.False(SocketOptions.Of(connection).KeepAlive);
        await _loop.On(sweep.OnDue);
        Assert.Equal((true, true, 60, 15, 5), SocketOptions.Of(connection));
        await _loop.On(() =>
        {
            sweep.Cancel();
            sweep.OnDue();
            Assert.False(sweep.IsScheduled);
        });
    }

    [Fact]
    public async Task Consuming_more_than_there_is_is_an_error()
    {
        using var pair = await TcpPair.Open(_loop, _handler);
        await _loop.On(() => Assert.Throws<ArgumentOutOfRangeException>(() => pair.Connection.Consume(1)));
    }
}
