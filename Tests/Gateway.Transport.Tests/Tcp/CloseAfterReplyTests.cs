using System.Net.Sockets;

namespace Gateway.Transport.Tests;

public sealed class CloseAfterReplyTests : IDisposable
{
    private readonly TestLoop _loop = new();

    public void Dispose() => _loop.Dispose();

    [Fact]
    public async Task The_reply_arrives_although_the_client_sent_a_mebibyte_that_nobody_read()
    {
        var (handler, pair) = await Open(connection =>
        {
            connection.Consume(1);
            connection.Send("refused"u8);
            connection.CloseAfterReply();
        });
        using (pair)
        {
            pair.Peer.Send(new byte[1024 * 1024]);
            Assert.Equal("refused"u8.ToArray(), pair.Peer.ReadToEnd());
            pair.Peer.Close();
        }
        Assert.Equal(new CloseReason(CloseKind.Closed), await handler.Next());
    }

    [Fact]
    public async Task Nothing_that_comes_later_is_shown_to_the_handler()
    {
        var shown = 0;
        var (handler, pair) = await Open(connection =>
        {
            shown++;
            connection.CloseAfterReply();
        });
        using (pair)
        {
            pair.Peer.Send("a"u8);
            Assert.Empty(pair.Peer.ReadToEnd());
            pair.Peer.Send("b"u8);
            pair.Peer.Close();
        }
        await handler.Next();
        Assert.Equal(1, shown);
    }

    [Fact]
    public async Task A_client_that_stays_is_left_when_the_time_is_over()
    {
        var (handler, pair) = await Open(connection =>
        {
            connection.Send("bye"u8);
            connection.CloseAfterReply(maxTime: TimeSpan.FromMilliseconds(30));
        });
        using (pair)
        {
            pair.Peer.Send("x"u8);
            Assert.Equal("bye"u8.ToArray(), pair.Peer.ReadToEnd());
            Assert.Equal(new CloseReason(CloseKind.Closed), await handler.Next());
        }
    }

    [Fact]
    public async Task A_client_that_never_stops_sending_is_left_when_the_octets_are_over()
    {
        var (handler, pair) = await Open(connection => connection.CloseAfterReply(maxOctets: 100_000));
        using (pair)
        {
            Assert.Throws<SocketException>(() => SendForEver(pair.Peer));
            Assert.Equal(new CloseReason(CloseKind.Closed), await handler.Next());
        }
    }

    [Fact]
    public async Task A_client_that_has_finished_is_closed_as_soon_as_the_reply_has_left()
    {
        var handler = new RecordingHandler();
        using var pair = await TcpPair.Open(_loop, handler);
        pair.Peer.Shutdown(SocketShutdown.Send);
        Assert.Equal("finished", await handler.Next());
        var sent = 0;
        await _loop.On(() =>
        {
            while (!pair.Connection.HasPendingOutput)
            {
                pair.Connection.Send(new byte[100_000]);
                sent += 100_000;
            }
            pair.Connection.CloseAfterReply(maxTime: TimeSpan.FromMinutes(5));
        });
        Assert.Equal(sent, pair.Peer.ReadToEnd().Length);
        Assert.Equal(new CloseReason(CloseKind.Closed), await handler.Next());
    }

    private static void SendForEver(Socket socket)
    {
        for (var octets = new byte[10_000]; ;)
            socket.Send(octets);
    }

    private async Task<(RecordingHandler Handler, TcpPair Pair)> Open(Action<Connection> readable)
    {
        var handler = new RecordingHandler { Readable = readable };
        return (handler, await TcpPair.Open(_loop, handler));
    }
}
