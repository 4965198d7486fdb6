using System.Net.Sockets;
using System.Security.Cryptography;

namespace Gateway.Transport.Tests;

/// <summary>Much data: by splice, by copy where there are no pipes, and against a side that does not read.</summary>
public sealed class RelayBulkTests
{
    private const int Portion = 1 << 20;

    private static readonly LoopOptions s_default = new();

    /// <summary>Pipe size, pipes, buffer size: all that a loop has by default, small pipes, none, one for both directions.</summary>
    public static TheoryData<int, int, int> Loops => new()
    {
        { s_default.PipeSize, s_default.MaxPipes, s_default.BufferSize },
        { 64 * 1024, s_default.MaxPipes, s_default.BufferSize },
        { s_default.PipeSize, 0, s_default.BufferSize },
        { s_default.PipeSize, 1, 20_000 },
    };

    [Fact]
    public Task Sixty_four_mebibytes_each_way_at_once_arrive_octet_for_octet() => Exchange(s_default, 64);

    [Theory]
    [MemberData(nameof(Loops))]
    public Task So_they_do_with_whatever_pipes_there_are(int pipeSize, int maxPipes, int bufferSize) =>
        Exchange(new LoopOptions { PipeSize = pipeSize, MaxPipes = maxPipes, BufferSize = bufferSize }, 8);

    [Fact]
    public async Task Bulk_and_small_messages_may_alternate()
    {
        using var loop = new TestLoop();
        using var pair = await RelayedPair.Open(loop);
        foreach (var size in new[] { 1, 300_000, 5, 70_000, 16_384, 16_383, 65_536, 1, 2_000_000, 3 })
        {
            var octets = new byte[size];
            Random.Shared.NextBytes(octets);
            var sending = Task.Run(() => pair.Client.Send(octets));
            Assert.Equal(octets, pair.Target.Read(size));
            await sending;
        }
        Assert.InRange(loop.Loop.Counters.Pipes, 1, 2);
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task A_side_that_does_not_read_stops_the_other_and_loses_nothing(int pipeSize, int maxPipes, int bufferSize)
    {
        using var loop = new TestLoop(new LoopOptions { PipeSize = pipeSize, MaxPipes = maxPipes, BufferSize = bufferSize });
        using var pair = await RelayedPair.Open(loop);
        pair.Client.Blocking = false;
        long sent = 0;
        var portion = new byte[100_000];
        var stalled = 0;
        while (stalled < 20)
        {
            try
            {
                sent += pair.Client.Send(portion);
                stalled = 0;
            }
            catch (SocketException full) when (full.SocketErrorCode == SocketError.WouldBlock)
            {
                stalled = pair.Client.Poll(10_000, SelectMode.SelectWrite) ? 0 : stalled + 1;
            }
        }
        Assert.True(sent < 64 * Portion, $"{sent} octets went in although nobody reads");
        pair.Client.Shutdown(SocketShutdown.Send);
        Assert.Equal(sent, pair.Target.ReadToEnd().Length);
    }

    private static async Task Exchange(LoopOptions options, int portions)
    {
        using var loop = new TestLoop(options);
        using var pair = await RelayedPair.Open(loop);
        var results = await Task.WhenAll(
            Sending(pair.Client, portions, 1), Sending(pair.Target, portions, 2), Receiving(pair.Client), Receiving(pair.Target)).WaitAsync(TestLoop.Patience);
        Assert.Equal(results[0], results[3]);
        Assert.Equal(results[1], results[2]);
        var outcome = await pair.Outcome();
        Assert.Equal(((long)portions * Portion, (long)portions * Portion, RelayEnd.Completed), (outcome.ClientToTarget, outcome.TargetToClient, outcome.End));
        Assert.InRange(loop.Loop.Counters.Pipes, 0, options.MaxPipes);
    }

    private static Task<string> Sending(Socket socket, int portions, int seed) => Task.Factory.StartNew(() =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var random = new Random(seed);
        var octets = new byte[Portion];
        for (var i = 0; i < portions; i++)
        {
            random.NextBytes(octets);
            hash.AppendData(octets);
            socket.Send(octets);
        }
        socket.Shutdown(SocketShutdown.Send);
        return Convert.ToHexString(hash.GetHashAndReset());
    }, TaskCreationOptions.LongRunning);

    private static Task<string> Receiving(Socket socket) => Task.Factory.StartNew(() =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var octets = new byte[Portion];
        while (socket.Receive(octets) is var count and > 0)
            hash.AppendData(octets, 0, count);
        return Convert.ToHexString(hash.GetHashAndReset());
    }, TaskCreationOptions.LongRunning);
}
