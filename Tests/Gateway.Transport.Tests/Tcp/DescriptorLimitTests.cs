using System.Net.Sockets;
using Gateway.Transport.Linux;

namespace Gateway.Transport.Tests;

/// <summary>These pretend that the process is near its limit, so nothing else may open sockets meanwhile.</summary>
[CollectionDefinition(nameof(DescriptorLimitTests), DisableParallelization = true)]
[Collection(nameof(DescriptorLimitTests))]
public sealed class DescriptorLimitTests : IDisposable
{
    private readonly TestLoop _loop = new();
    private readonly int _limit = Descriptors.Limit, _others = Descriptors.Others;

    public void Dispose()
    {
        (Descriptors.Limit, Descriptors.Others) = (_limit, _others);
        _loop.Dispose();
    }

    [Fact]
    public async Task Accepting_pauses_without_spinning_when_descriptors_run_short_and_goes_on_when_there_are_some()
    {
        var accepted = new Mailbox<Connection>();
        var acceptor = new Acceptor(accepted.Put);
        var listener = await _loop.On(() => new Listener(_loop.Loop, ListeningSocket.Open(IpEndpoint.LoopbackV4), acceptor));
        Descriptors.Limit = 64;
        using var waiting = TcpPair.ConnectTo(listener.Local);
        Assert.Equal("paused 24", await acceptor.Pauses.Next());

        var before = _loop.Loop.Counters.Iterations;
        var retried = new TaskCompletionSource();
        await _loop.On(() => _loop.Loop.Schedule(Listener.RetryDelay * 3, retried.SetResult));
        await retried.Task.WaitAsync(TestLoop.Patience);
        Assert.InRange(_loop.Loop.Counters.Iterations - before, 1, 100);
        Assert.True(accepted.IsEmpty);

        Descriptors.Limit = _limit;
        await accepted.Next();
        Assert.Equal("resumed", await acceptor.Pauses.Next());
        Assert.True(acceptor.Pauses.IsEmpty);
    }

    [Fact]
    public async Task Clients_are_accepted_while_there_are_descriptors_for_both_sides_of_their_sessions()
    {
        const int fit = 3;
        var accepted = new Mailbox<Connection>();
        var acceptor = new Acceptor(accepted.Put);
        var listener = await _loop.On(() => new Listener(_loop.Loop, ListeningSocket.Open(IpEndpoint.LoopbackV4), acceptor));
        LeaveRoomFor(2 * fit);
        var clients = Enumerable.Range(0, fit + 2).Select(_ => TcpPair.ConnectTo(listener.Local)).ToList();
        var served = new List<Connection>();
        for (var i = 0; i < fit; i++)
            served.Add(await accepted.Next());
        Assert.Equal("paused 24", await acceptor.Pauses.Next());
        Assert.True(accepted.IsEmpty);

        await _loop.On(served[0].Close);
        await accepted.Next();
        Assert.True(accepted.IsEmpty);

        await _loop.On(served[1].Close);
        await accepted.Next();
        Assert.False(Descriptors.HaveRoomFor(1));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Far_side_of_a_session_takes_what_its_client_has_claimed()
    {
        using var resolver = new Resolver();
        using var target = TcpPair.Listen(System.Net.IPAddress.Loopback);
        var accepted = new Mailbox<Connection>();
        var listener = await _loop.On(() => new Listener(_loop.Loop, ListeningSocket.Open(IpEndpoint.LoopbackV4), new Acceptor(accepted.Put)));
        LeaveRoomFor(2);
        using var client = TcpPair.ConnectTo(listener.Local);
        var served = await accepted.Next();
        Assert.False(Descriptors.HaveRoomFor(1));

        var dials = new DialRecorder();
        await _loop.On(() => new Dialer(_loop.Loop, resolver).Start(new DialTarget(IpEndpoint.From((System.Net.IPEndPoint)target.LocalEndPoint!)), dials));
        var (far, _) = Assert.IsType<(Connection, int)>(await dials.Next());
        Assert.True(Descriptors.HaveRoomFor(0));

        await _loop.On(served.Close);
        Assert.True(Descriptors.HaveRoomFor(2));
        await _loop.On(far.Close);
        Assert.False(Descriptors.HaveRoomFor(3));
    }

    [Fact]
    public void Pipes_wait_for_use_only_while_no_client_waits_for_descriptors()
    {
        using var pool = new PipePool(1 << 20, 4);
        LeaveRoomFor(4);
        var (first, second) = (pool.Rent(), pool.Rent());
        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.Null(pool.Rent());

        pool.Return(first);
        Assert.Equal(1, pool.Open);
        pool.Return(second);
        Assert.Equal(1, pool.Open);
        pool.Dispose();
        Assert.Equal(0, pool.Open);
        Assert.True(Descriptors.HaveRoomFor(4));
    }

    [Fact]
    public async Task A_dial_without_a_descriptor_fails_as_trouble_of_this_machine_and_leaves_none_open()
    {
        using var resolver = new Resolver();
        using var target = TcpPair.Listen(System.Net.IPAddress.Loopback);
        var dials = new DialRecorder();
        var dialer = new Dialer(_loop.Loop, resolver);
        Descriptors.Limit = 0;
        await _loop.On(() => dialer.Start(new DialTarget(IpEndpoint.From((System.Net.IPEndPoint)target.LocalEndPoint!)), dials));
        var failure = Assert.IsType<DialFailure>(await dials.Next());
        Assert.Equal((DialFailureKind.LocalTrouble, Errno.EMFILE), (failure.Kind, failure.Errno));
        Assert.False(target.Poll(0, SelectMode.SelectRead));
    }

    [Fact]
    public void A_pool_takes_no_pipe_from_the_last_descriptors()
    {
        using var pool = new PipePool(1 << 20, 4);
        Descriptors.Limit = 0;
        Assert.Null(pool.Rent());
        Assert.Equal(0, pool.Open);
        Descriptors.Limit = _limit;
        var pipe = pool.Rent();
        Assert.NotNull(pipe);
        pool.Return(pipe);
    }

    [Fact]
    public async Task A_udp_socket_that_would_take_the_last_descriptor_is_refused()
    {
        Descriptors.Limit = 0;
        var refusal = await Assert.ThrowsAsync<TransportException>(
            () => _loop.On(() => UdpSocket.Open(_loop.Loop, IpEndpoint.LoopbackV4, new Nobody())));
        Assert.Equal(Errno.EMFILE, refusal.Errno);
    }

    /// <summary>Pretends that as many descriptors can still be claimed, and that the numbers of those in use are far from the limit.</summary>
    private static void LeaveRoomFor(int count)
    {
        Descriptors.Others = 1_000_000;
        Descriptors.Limit = Descriptors.Others + Descriptors.Claimed + count + 2 * Descriptors.Reserve;
    }

    private sealed class Nobody : IUdpHandler
    {
        public void OnReceived(UdpSocket socket, UdpBatch batch)
        {
        }
    }
}
