using System.Net.Sockets;
using Gateway.Transport.Linux;

namespace Gateway.Transport.Tests;

public sealed class RelayTests : IDisposable
{
    private readonly TestLoop _loop = new();

    public void Dispose() => _loop.Dispose();

    [Fact]
    public async Task Small_messages_pass_both_ways()
    {
        using var pair = await RelayedPair.Open(_loop);
        for (var i = 0; i < 100; i++)
        {
            pair.Client.Send([(byte)i, 1]);
            Assert.Equal([(byte)i, 1], pair.Target.Read(2));
            pair.Target.Send([(byte)i, 2, 3]);
            Assert.Equal([(byte)i, 2, 3], pair.Client.Read(3));
        }
        Assert.Equal((200, 300), await _loop.On(() => (pair.Relay.ClientToTarget, pair.Relay.TargetToClient)));
    }

    [Fact]
    public async Task A_side_that_has_finished_still_receives()
    {
        using var pair = await RelayedPair.Open(_loop);
        pair.Client.Send("question"u8);
        pair.Client.Shutdown(SocketShutdown.Send);
        Assert.Equal("question"u8.ToArray(), pair.Target.ReadToEnd());
        pair.Target.Send("a long answer"u8);
        Assert.Equal("a long answer"u8.ToArray(), pair.Client.Read(13));
        Assert.False(pair.HasEnded);
        pair.Target.Shutdown(SocketShutdown.Send);
        Assert.Empty(pair.Client.ReadToEnd());
        var outcome = await pair.Outcome();
        Assert.Equal((8, 13, RelayEnd.Completed, RelaySide.Client, 0),
            (outcome.ClientToTarget, outcome.TargetToClient, outcome.End, outcome.FirstToEnd, outcome.Errno));
        Assert.Equal("completed", outcome.Reason);
    }

    [Fact]
    public async Task The_target_may_finish_first()
    {
        using var pair = await RelayedPair.Open(_loop);
        pair.Target.Shutdown(SocketShutdown.Send);
        Assert.Empty(pair.Client.ReadToEnd());
        pair.Client.Send("late"u8);
        pair.Client.Shutdown(SocketShutdown.Send);
        Assert.Equal("late"u8.ToArray(), pair.Target.ReadToEnd());
        Assert.Equal(RelaySide.Target, (await pair.Outcome()).FirstToEnd);
    }

    [Fact]
    public async Task What_was_received_and_not_shown_and_what_was_not_sent_yet_goes_first()
    {
        var unread = new RecordingHandler { Readable = connection => { if (connection.Unread.Length == 10) connection.Consume(4); } };
        using var client = await TcpPair.Open(_loop, unread);
        using var target = await TcpPair.Open(_loop);
        client.Peer.Send("0123456789"u8);
        var pending = 0;
        await _loop.On(() =>
        {
            while (!target.Connection.HasPendingOutput)
                pending += target.Connection.Send(new byte[50_000]) ? 50_000 : 0;
        });
        while (await _loop.On(() => client.Connection.Unread.Length) != 6)
            await Task.Yield();
        var observer = new RelayRecorder();
        await _loop.On(() => Relay.Start(client.Connection, target.Connection, observer));
        client.Peer.Send("abc"u8);
        client.Peer.Shutdown(SocketShutdown.Send);
        var arrived = target.Peer.ReadToEnd();
        Assert.Equal("456789abc"u8.ToArray(), arrived[pending..]);
    }

    [Fact]
    public async Task A_client_that_finished_before_the_relay_began_is_answered()
    {
        var handler = new RecordingHandler { Readable = _ => { } };
        using var client = await TcpPair.Open(_loop, handler);
        using var target = await TcpPair.Open(_loop);
        client.Peer.Send("early"u8);
        client.Peer.Shutdown(SocketShutdown.Send);
        Assert.Equal("finished", await handler.Next());
        await _loop.On(() => Relay.Start(client.Connection, target.Connection, new RelayRecorder()));
        Assert.Equal("early"u8.ToArray(), target.Peer.ReadToEnd());
        target.Peer.Send("answer"u8);
        target.Peer.Close();
        Assert.Equal("answer"u8.ToArray(), client.Peer.ReadToEnd());
    }

    [Fact]
    public async Task A_reset_by_the_client_resets_the_target()
    {
        using var pair = await RelayedPair.Open(_loop);
        Reset(pair.Client);
        Assert.Equal(SocketError.ConnectionReset, Assert.Throws<SocketException>(() => pair.Target.Read(1)).SocketErrorCode);
        var outcome = await pair.Outcome();
        Assert.Equal((RelayEnd.Left, RelaySide.Client, RelaySide.None), (outcome.End, outcome.Broken, outcome.FirstToEnd));
        Assert.Equal("the client reset the connection", outcome.Reason);
    }

    [Theory]
    [InlineData(RelaySide.Client, RelaySide.Client, Errno.ECONNRESET, RelayEnd.Left, "the client reset the connection after it had finished sending")]
    [InlineData(RelaySide.Client, RelaySide.Target, Errno.EPIPE, RelayEnd.Left, "the client reset the connection after the target had finished sending")]
    [InlineData(RelaySide.Target, RelaySide.None, Errno.ETIMEDOUT, RelayEnd.Failed, "the connection to the target failed: Connection timed out")]
    public void The_reason_names_who_left_or_failed_and_what_had_ended_before(RelaySide broken, RelaySide first, int errno, RelayEnd end, string reason) =>
        Assert.Equal(reason, new RelayOutcome(1, 2, end, first, broken, errno, TimeSpan.Zero).Reason);

    [Fact]
    public async Task A_reset_by_the_target_in_the_middle_of_bulk_resets_the_client()
    {
        using var pair = await RelayedPair.Open(_loop);
        var sending = Task.Run(() => Assert.Throws<SocketException>(() => SendForEver(pair.Client)));
        pair.Target.Read(10_000_000);
        Reset(pair.Target);
        await sending;
        var outcome = await pair.Outcome();
        Assert.Equal((RelayEnd.Left, RelaySide.Target), (outcome.End, outcome.Broken));
    }

    [Fact]
    public async Task Silence_ends_a_relay_with_an_idle_limit()
    {
        using var pair = await RelayedPair.Open(_loop, new RelayOptions { IdleTimeout = TimeSpan.FromMilliseconds(40) });
        var outcome = await pair.Outcome();
        Assert.Equal(RelayEnd.Idle, outcome.End);
        Assert.True(outcome.Duration >= TimeSpan.FromMilliseconds(40));
        Assert.Throws<SocketException>(() => pair.Client.Read(1));
    }

    [Fact]
    public async Task Aborting_resets_both_sides_and_is_told_once()
    {
        using var pair = await RelayedPair.Open(_loop);
        await _loop.On(() => { pair.Relay.Abort(); pair.Relay.Abort(); });
        Assert.Throws<SocketException>(() => pair.Client.Read(1));
        Assert.Throws<SocketException>(() => pair.Target.Read(1));
        Assert.Equal(RelayEnd.Aborted, (await pair.Outcome()).End);
        Assert.False(pair.HasEnded);
    }

    [Fact]
    public async Task Stopping_the_loop_ends_a_relay_as_aborted()
    {
        using var pair = await RelayedPair.Open(_loop);
        _loop.Dispose();
        Assert.Equal(RelayEnd.Aborted, (await pair.Outcome()).End);
    }

    [Fact]
    public async Task A_relay_that_has_ended_leaves_no_socket_behind()
    {
        var before = _loop.Loop.Counters.Sockets;
        using (var pair = await RelayedPair.Open(_loop))
        {
            pair.Client.Close();
            pair.Target.ReadToEnd();
            pair.Target.Close();
            await pair.Outcome();
        }
        await _loop.On(() => { });
        Assert.Equal(before, _loop.Loop.Counters.Sockets);
    }

    [Fact]
    public async Task Legs_of_different_loops_are_refused()
    {
        using var other = new TestLoop();
        using var client = await TcpPair.Open(_loop);
        using var target = await TcpPair.Open(other);
        Assert.Throws<ArgumentException>(() => Relay.Start(client.Connection, target.Connection, new RelayRecorder()));
    }

    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    private static void SendForEver(Socket socket)
    {
        for (var octets = new byte[100_000]; ;)
            socket.Send(octets);
    }

    private sealed class RelayRecorder : IRelayObserver
    {
        public void OnRelayEnded(Relay relay, in RelayOutcome outcome)
        {
        }
    }
}
