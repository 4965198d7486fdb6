using Gateway.Protocol;
using Gateway.Transport.Linux;

namespace Gateway.Transport;

/// <summary>
/// A UDP socket of one family on a loop. It receives and sends in batches; datagrams that the kernel does not take are dropped and
/// counted, as the network might. Loop's thread only.
/// </summary>
public sealed class UdpSocket : IPollable, IThreadPoolWorkItem
{
    /// <summary>Batches per turn of the loop.</summary>
    private const int BatchesPerTurn = 4;

    /// <summary>
    /// 0.4 s of 100 Mbit/s in datagrams of 1,400 octets: a busy machine may leave a loop without a processor for that long. What the kernel
    /// usually grants holds 20 ms. It is a limit; no memory is set aside.
    /// </summary>
    private const int WishedBuffer = 4 * 1024 * 1024;

    private readonly IUdpHandler _handler;
    private readonly int _slot;
    private long _received, _overflowed, _sent, _refused, _dropped;

    private UdpSocket(Loop loop, int fd, IUdpHandler handler)
    {
        (Loop, Descriptor, _handler, Local) = (loop, fd, handler, SocketCalls.LocalEndpoint(fd));
        _slot = loop.Watch(this, fd, Sys.EPOLLIN | Sys.EPOLLET);
    }

    public Loop Loop { get; }

    /// <summary>Its address, with the true port.</summary>
    public IpEndpoint Local { get; }

    public UdpCounters Counters => new(_received, IsOpen ? SocketCalls.Overflowed(Descriptor) : _overflowed, _sent, _refused, _dropped);

    public bool IsOpen => Descriptor >= 0;

    internal int Descriptor { get; private set; }

    /// <summary>The largest datagrams, in octets, of which the kernel is believed to take several as one message.</summary>
    internal int LargestSegment { get; private set; } = ushort.MaxValue;

    /// <summary>Binds to <paramref name="local"/>; port 0 takes a free one. An IPv6 socket takes no IPv4 datagrams.</summary>
    /// <exception cref="TransportException">The address is in use, not ours, or descriptors have run out.</exception>
    public static UdpSocket Open(Loop loop, in IpEndpoint local, IUdpHandler handler)
    {
        loop.AssertCurrent();
        var what = $"UDP socket on {local}";
        var type = Sys.SOCK_DGRAM | Sys.SOCK_NONBLOCK | Sys.SOCK_CLOEXEC;
        var fd = Descriptors.Keep(Libc.socket(SocketCalls.Domain(local.Family), type, 0), out var errno);
        if (fd < 0)
            throw new TransportException(what, errno);
        if (local.Family == IpFamily.V6)
            Libc.SetOption(fd, Sys.IPPROTO_IPV6, Sys.IPV6_V6ONLY, 1);
        SocketCalls.WidenBuffers(fd, WishedBuffer);
        try
        {
            if (!SocketCalls.Bind(fd, local))
                throw new TransportException(what, Libc.Error);
            return new UdpSocket(loop, fd, handler);
        }
        catch (TransportException)
        {
            Libc.close(fd);
            throw;
        }
    }

    /// <summary>
    /// Queues a copy of <paramref name="datagram"/> (at most 65,507 octets over IPv4). It leaves at the end of the loop's turn at the
    /// latest, in one call with others.
    /// </summary>
    public void Send(ReadOnlySpan<byte> datagram, in IpEndpoint destination)
    {
        Loop.AssertCurrent();
        if (IsOpen && datagram.Length <= ushort.MaxValue)
            Loop.Udp.QueueCopy(this, datagram, destination);
    }

    /// <summary>Sends what is queued, then closes. Harmless afterwards.</summary>
    public void Close()
    {
        if (!IsOpen)
            return;
        Loop.Udp.Flush();
        Loop.Forget(_slot);
        _overflowed = SocketCalls.Overflowed(Descriptor);
        Libc.close(Descriptor);
        Descriptor = -1;
        _handler.OnClosed(this);
    }

    void IPollable.OnEvents(uint events) => Receive();

    void IPollable.OnLoopStopping() => Close();

    void IThreadPoolWorkItem.Execute() => Receive();

    internal void CountSent(int datagrams) => _sent += datagrams;

    internal void CountDropped(int datagrams) => _dropped += datagrams;

    /// <summary>Whether an error of sendmmsg says nothing about the datagram in hand.</summary>
    internal bool MayTryAgain(int errno)
    {
        if (errno == Errno.ECONNREFUSED)
            _refused++;
        return errno is Errno.EINTR or Errno.ECONNREFUSED;
    }

    /// <summary>Whether an error means that the kernel does not cut messages into datagrams of <paramref name="size"/> octets: it is not asked again.</summary>
    internal bool LearnsFrom(int errno, int size)
    {
        if (errno is not (Errno.EINVAL or Errno.EMSGSIZE or Errno.EIO))
            return false;
        LargestSegment = errno == Errno.EIO ? 0 : size - 1;
        return true;
    }

    private void Receive()
    {
        for (var batch = 0; IsOpen && batch < BatchesPerTurn; batch++)
        {
            var count = Loop.Udp.Receive(Descriptor);
            if (count < 0 && Libc.Error is Errno.EAGAIN)
                return;
            if (count <= 0)
            {
                _refused++;
                continue;
            }
            _received += count;
            try
            {
                _handler.OnReceived(this, new UdpBatch(Loop.Udp, count));
            }
            finally
            {
                Loop.Udp.Flush();
            }
            if (count < UdpBatch.Capacity)
                return;
        }
        if (IsOpen)
            Loop.Post(this);
    }
}
