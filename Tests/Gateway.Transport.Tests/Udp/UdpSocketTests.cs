using System.Net;
using System.Net.Sockets;
using Gateway.Transport.Linux;

namespace Gateway.Transport.Tests;

public sealed class UdpSocketTests : IDisposable
{
    private readonly TestLoop _loop = new();

    public void Dispose() => _loop.Dispose();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task A_datagram_comes_with_its_sender_and_an_answer_goes_back(string address)
    {
        var recorder = new Recorder();
        var socket = await Open(recorder, IPAddress.Parse(address));
        using var peer = Peer(IPAddress.Parse(address));
        peer.SendTo("ping"u8, socket.Local.ToIPEndPoint());
        var (octets, source) = await recorder.Next();
        Assert.Equal("ping"u8.ToArray(), octets);
        Assert.Equal(IpEndpoint.From((IPEndPoint)peer.LocalEndPoint!), source);
        await _loop.On(() => socket.Send("pong"u8, source));
        Assert.Equal("pong"u8.ToArray(), Receive(peer));
    }

    [Fact]
    public async Task Datagrams_of_every_size_up_to_the_largest_keep_their_borders()
    {
        var recorder = new Recorder();
        var socket = await Open(recorder, IPAddress.Loopback);
        using var peer = Peer(IPAddress.Loopback);
        foreach (var size in new[] { 0, 1, 1472, 1473, 9000, 65_507 })
        {
            var octets = new byte[size];
            Random.Shared.NextBytes(octets);
            peer.SendTo(octets, socket.Local.ToIPEndPoint());
            Assert.Equal(octets, (await recorder.Next()).Octets);
            await _loop.On(() => socket.Send(octets, IpEndpoint.From((IPEndPoint)peer.LocalEndPoint!)));
            Assert.Equal(octets, Receive(peer));
        }
    }

    [Fact]
    public async Task More_than_a_batch_arrives_whole_and_in_order()
    {
        var recorder = new Recorder();
        var socket = await Open(recorder, IPAddress.Loopback);
        using var peer = Peer(IPAddress.Loopback);
        const int count = 3 * UdpBatch.Capacity + 7;
        var blocked = new ManualResetEventSlim();
        _loop.Loop.Post(() => blocked.Wait(TestLoop.Patience));
        for (var i = 0; i < count; i++)
            peer.SendTo(BitConverter.GetBytes(i), socket.Local.ToIPEndPoint());
        blocked.Set();
        for (var i = 0; i < count; i++)
            Assert.Equal(i, BitConverter.ToInt32((await recorder.Next()).Octets));
        Assert.Equal(count, await _loop.On(() => (int)socket.Counters.Received));
        Assert.Contains(recorder.Batches, size => size == UdpBatch.Capacity);
    }

    [Fact]
    public async Task Datagrams_that_are_queued_in_one_turn_leave_in_order_to_all_their_destinations()
    {
        var socket = await Open(new Recorder(), IPAddress.Loopback);
        using var one = Peer(IPAddress.Loopback);
        using var two = Peer(IPAddress.Loopback);
        await _loop.On(() =>
        {
            for (var i = 0; i < 150; i++)
                socket.Send(BitConverter.GetBytes(i), IpEndpoint.From((IPEndPoint)(i % 2 == 0 ? one : two).LocalEndPoint!));
        });
        for (var i = 0; i < 150; i++)
            Assert.Equal(i, BitConverter.ToInt32(Receive(i % 2 == 0 ? one : two)));
        Assert.Equal(new UdpCounters(0, 0, 150, 0, 0), await _loop.On(() => socket.Counters));
    }

    [Fact]
    public async Task Neighbours_of_one_size_and_destination_pass_the_kernel_together_and_the_last_may_be_shorter()
    {
        var socket = await Open(new Recorder(), IPAddress.Loopback);
        using var together = Peer(IPAddress.Loopback);
        together.SetRawSocketOption(Sys.IPPROTO_UDP, Sys.UDP_GRO, BitConverter.GetBytes(1));
        await Send(socket, together, [100, 100, 100, 40, 100, 100, 101, 0, 0]);
        foreach (var expected in new[] { 340, 200, 101, 0, 0 })
            Assert.Equal(expected, Receive(together).Length);
        Assert.Equal(new UdpCounters(0, 0, 9, 0, 0), await _loop.On(() => socket.Counters));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Datagrams_of_all_sizes_keep_order_and_borders_also_where_the_kernel_takes_each_by_itself(bool apart)
    {
        int[] sizes = [64, 64, 64, 10, 64, 64, 65, 65, 0, 0, 1, 1, 30_000, 30_000, 30_000, 1400, 1400, 1399, 1400];
        var socket = await Open(new Recorder(), IPAddress.Loopback);
        // The kernel cuts nothing up for a socket that sends no checksums.
        if (apart)
            Libc.SetOption(socket.Descriptor, Sys.SOL_SOCKET, SocketOptions.NoCheck, 1);
        using var peer = Peer(IPAddress.Loopback);
        var sent = await Send(socket, peer, sizes);
        foreach (var datagram in sent)
            Assert.Equal(datagram, Receive(peer));
        Assert.Equal(new UdpCounters(0, 0, sizes.Length, 0, 0), await _loop.On(() => socket.Counters));
        Assert.Equal(apart, await _loop.On(() => socket.LargestSegment) < ushort.MaxValue);
    }

    [Fact]
    public async Task A_header_is_written_before_a_datagram_in_place_and_taken_off_again()
    {
        using var peer = Peer(IPAddress.Loopback);
        var destination = IpEndpoint.From((IPEndPoint)peer.LocalEndPoint!);
        UdpSocket? outside = null;
        var forwarder = new Forwarder((socket, batch) =>
        {
            for (var i = 0; i < batch.Count; i++)
            {
                "head"u8.CopyTo(batch.WithHeadroom(i)[(UdpBatch.Headroom - 4)..]);
                batch.Forward(i, UdpBatch.Headroom - 4, outside!, destination);
                batch.Forward(i, UdpBatch.Headroom + 2, socket, destination);
            }
        });
        outside = await Open(forwarder, IPAddress.Loopback);
        var inside = await Open(forwarder, IPAddress.Loopback);
        peer.SendTo("data"u8, inside.Local.ToIPEndPoint());
        Assert.Equal("headdata"u8.ToArray(), Receive(peer));
        Assert.Equal("ta"u8.ToArray(), Receive(peer));
    }

    [Fact]
    public async Task A_datagram_that_the_kernel_refuses_is_counted_and_those_behind_it_leave()
    {
        var socket = await Open(new Recorder(), IPAddress.Loopback);
        using var peer = Peer(IPAddress.Loopback);
        var there = IpEndpoint.From((IPEndPoint)peer.LocalEndPoint!);
        await _loop.On(() =>
        {
            socket.Send("first"u8, there);
            socket.Send(new byte[65_530], there);
            socket.Send("wrong family"u8, IpEndpoint.LoopbackV6.WithPort(9));
            socket.Send("last"u8, there);
        });
        Assert.Equal("first"u8.ToArray(), Receive(peer));
        Assert.Equal("last"u8.ToArray(), Receive(peer));
        Assert.Equal(new UdpCounters(0, 0, 2, 0, 2), await _loop.On(() => socket.Counters));
    }

    [Fact]
    public async Task Datagrams_that_find_the_receive_buffer_full_are_counted_also_after_the_end()
    {
        var socket = await Open(new Recorder(), IPAddress.Loopback);
        using var peer = Peer(IPAddress.Loopback);
        using var isHeld = new ManualResetEventSlim();
        using var blocked = new ManualResetEventSlim();
        var large = new byte[65_507];
        var most = SocketOptions.ReceiveBuffer(socket) / large.Length + 50;
        _loop.Loop.Post(() =>
        {
            isHeld.Set();
            blocked.Wait(TestLoop.Patience);
        });
        Assert.True(isHeld.Wait(TestLoop.Patience));
        for (var i = 0; i < most; i++)
            peer.SendTo(large, socket.Local.ToIPEndPoint());
        blocked.Set();

        var open = await _loop.On(() => socket.Counters);
        Assert.InRange(open.Overflowed, 1, most);
        await _loop.On(socket.Close);
        Assert.Equal(open.Overflowed, (await _loop.On(() => socket.Counters)).Lost);
    }

    [Fact]
    public async Task Buffers_grow_beyond_the_systems_limit_where_the_process_may()
    {
        var socket = await Open(new Recorder(), IPAddress.Loopback);
        var limit = SocketOptions.LargestReceiveBuffer(socket);
        var wished = Math.Max(limit, 1 << 20) * 2;
        var may = SocketOptions.MayExceedLimits(socket, wished);

        await _loop.On(() => SocketCalls.WidenBuffers(socket.Descriptor, wished));

        // The kernel reserves as much again for its bookkeeping, and tells the sum.
        Assert.Equal(2 * (may ? wished : limit), SocketOptions.ReceiveBuffer(socket));
    }

    [Fact]
    public async Task A_destination_that_is_not_there_disturbs_nothing()
    {
        var recorder = new Recorder();
        var socket = await Open(recorder, IPAddress.Loopback);
        IpEndpoint nobody;
        using (var gone = Peer(IPAddress.Loopback))
            nobody = IpEndpoint.From((IPEndPoint)gone.LocalEndPoint!);
        await _loop.On(() => socket.Send("hello?"u8, nobody));
        using var peer = Peer(IPAddress.Loopback);
        peer.SendTo("still here"u8, socket.Local.ToIPEndPoint());
        Assert.Equal("still here"u8.ToArray(), (await recorder.Next()).Octets);
    }

    [Fact]
    public async Task A_throwing_handler_is_reported_and_the_next_datagram_comes()
    {
        var recorder = new Recorder();
        var first = true;
        var socket = await Open(new Forwarder((socket, batch) =>
        {
            var wasFirst = first;
            first = false;
            if (wasFirst)
                throw new InvalidOperationException("udp");
            recorder.OnReceived(socket, batch);
        }), IPAddress.Loopback);
        using var peer = Peer(IPAddress.Loopback);
        peer.SendTo("one"u8, socket.Local.ToIPEndPoint());
        while (_loop.Faults.IsEmpty)
            await _loop.On(() => { });
        peer.SendTo("two"u8, socket.Local.ToIPEndPoint());
        Assert.Equal("two"u8.ToArray(), (await recorder.Next()).Octets);
    }

    [Fact]
    public async Task Closing_is_told_and_sends_what_was_queued_before()
    {
        var recorder = new Recorder();
        var socket = await Open(recorder, IPAddress.Loopback);
        using var peer = Peer(IPAddress.Loopback);
        await _loop.On(() =>
        {
            socket.Send("bye"u8, IpEndpoint.From((IPEndPoint)peer.LocalEndPoint!));
            socket.Close();
            socket.Close();
            socket.Send("too late"u8, IpEndpoint.From((IPEndPoint)peer.LocalEndPoint!));
        });
        Assert.Equal("bye"u8.ToArray(), Receive(peer));
        Assert.Equal(1, recorder.Closed);
        Assert.Equal(0, _loop.Loop.Counters.Sockets);
    }

    [Fact]
    public async Task A_taken_port_is_refused()
    {
        var first = await Open(new Recorder(), IPAddress.Loopback);
        var refusal = await Assert.ThrowsAsync<TransportException>(
            () => _loop.On(() => UdpSocket.Open(_loop.Loop, first.Local, new Recorder())));
        Assert.True(refusal.IsAddressInUse);
    }

    private static Socket Peer(IPAddress address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 60_000 };
        socket.Bind(new IPEndPoint(address, 0));
        return socket;
    }

    private async Task<List<byte[]>> Send(UdpSocket socket, Socket peer, int[] sizes)
    {
        var datagrams = sizes.Select((size, number) => Enumerable.Repeat((byte)number, size).ToArray()).ToList();
        await _loop.On(() => datagrams.ForEach(datagram => socket.Send(datagram, IpEndpoint.From((IPEndPoint)peer.LocalEndPoint!))));
        return datagrams;
    }

    private static byte[] Receive(Socket socket)
    {
        var octets = new byte[65536];
        return octets[..socket.Receive(octets)];
    }

    private Task<UdpSocket> Open(IUdpHandler handler, IPAddress address) =>
        _loop.On(() => UdpSocket.Open(_loop.Loop, IpEndpoint.From(address, 0), handler));

    private sealed class Recorder : Mailbox<(byte[] Octets, IpEndpoint Source)>, IUdpHandler
    {
        public List<int> Batches { get; } = [];

        public int Closed { get; private set; }

        public void OnReceived(UdpSocket socket, UdpBatch batch)
        {
            Batches.Add(batch.Count);
            for (var i = 0; i < batch.Count; i++)
                Put((batch.Payload(i).ToArray(), batch.Source(i)));
        }

        public void OnClosed(UdpSocket socket) => Closed++;
    }

    private sealed class Forwarder(Action<UdpSocket, UdpBatch> forward) : IUdpHandler
    {
        public void OnReceived(UdpSocket socket, UdpBatch batch) => forward(socket, batch);
    }
}
