using System.Reflection;
using Gateway.Transport.Linux;

namespace Gateway.Transport.Tests;

/// <summary>What the kernel thinks of a connection's socket.</summary>
internal static unsafe class SocketOptions
{
    /// <summary>SO_NO_CHECK: datagrams leave without checksums.</summary>
    public const int NoCheck = 11;

    public static (bool NoDelay, bool KeepAlive, int Idle, int Interval, int Probes) Of(Connection connection)
    {
        var fd = (int)typeof(Connection).GetField("_fd", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(connection)!;
        return (Get(fd, Sys.IPPROTO_TCP, Sys.TCP_NODELAY) != 0, Get(fd, Sys.SOL_SOCKET, Sys.SO_KEEPALIVE) != 0,
            Get(fd, Sys.IPPROTO_TCP, Sys.TCP_KEEPIDLE), Get(fd, Sys.IPPROTO_TCP, Sys.TCP_KEEPINTVL), Get(fd, Sys.IPPROTO_TCP, Sys.TCP_KEEPCNT));
    }

    public static int ReceiveBuffer(UdpSocket socket) => Get(socket.Descriptor, Sys.SOL_SOCKET, Sys.SO_RCVBUF);

    /// <summary>What the system grants to everybody, without what the kernel reserves for itself.</summary>
    public static int LargestReceiveBuffer(UdpSocket socket)
    {
        Assert.True(Libc.SetOption(socket.Descriptor, Sys.SOL_SOCKET, Sys.SO_RCVBUF, 1 << 29));
        return ReceiveBuffer(socket) / 2;
    }

    /// <summary>Whether this process has CAP_NET_ADMIN, as the kernel sees it.</summary>
    public static bool MayExceedLimits(UdpSocket socket, int octets) => Libc.SetOption(socket.Descriptor, Sys.SOL_SOCKET, Sys.SO_RCVBUFFORCE, octets);

    private static int Get(int fd, int level, int option)
    {
        var value = 0;
        uint length = sizeof(int);
        Assert.Equal(0, Libc.getsockopt(fd, level, option, &value, &length));
        return value;
    }
}
