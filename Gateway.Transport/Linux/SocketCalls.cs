using Gateway.Protocol;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Transport.Linux;

/// <summary>What several kinds of sockets ask of the kernel.</summary>
internal static unsafe class SocketCalls
{
    public static int Domain(IpFamily family) => family == IpFamily.V4 ? Sys.AF_INET : Sys.AF_INET6;

    /// <summary>The address that a socket is bound to; the default value when there is none.</summary>
    public static IpEndpoint LocalEndpoint(int fd)
    {
        SockAddr address;
        uint length = SockAddr.Capacity;
        return fd >= 0 && Libc.getsockname(fd, &address, &length) == 0 ? address.Get() : default;
    }

    /// <summary>The same open socket under another number.</summary>
    public static SafeFileHandle Duplicate(int fd) =>
        new(TransportException.ThrowIfFailed(Libc.fcntl(fd, Sys.F_DUPFD_CLOEXEC, 0), "F_DUPFD_CLOEXEC"), ownsHandle: true);

    public static bool Bind(int fd, in IpEndpoint endpoint)
    {
        SockAddr address;
        return Libc.bind(fd, &address, address.Set(endpoint)) == 0;
    }

    /// <summary>0, or the error number; EINPROGRESS is the usual answer of a non-blocking socket.</summary>
    public static int Connect(int fd, in IpEndpoint endpoint)
    {
        SockAddr address;
        return Libc.connect(fd, &address, address.Set(endpoint)) == 0 ? 0 : Libc.Error;
    }

    /// <summary>The socket's pending error, which this clears; 0 when there is none.</summary>
    public static int TakeError(int fd)
    {
        var errno = 0;
        uint length = sizeof(int);
        Libc.getsockopt(fd, Sys.SOL_SOCKET, Sys.SO_ERROR, &errno, &length);
        return errno;
    }

    /// <summary>
    /// Gives a socket room for <paramref name="octets"/> in each direction: beyond net.core.rmem_max and wmem_max where the process has
    /// CAP_NET_ADMIN, up to them where it has not.
    /// </summary>
    public static void WidenBuffers(int fd, int octets)
    {
        if (!Libc.SetOption(fd, Sys.SOL_SOCKET, Sys.SO_RCVBUFFORCE, octets))
            Libc.SetOption(fd, Sys.SOL_SOCKET, Sys.SO_RCVBUF, octets);
        if (!Libc.SetOption(fd, Sys.SOL_SOCKET, Sys.SO_SNDBUFFORCE, octets))
            Libc.SetOption(fd, Sys.SOL_SOCKET, Sys.SO_SNDBUF, octets);
    }

    /// <summary>Datagrams that came when the receive buffer was full; 0 where the kernel does not tell (before Linux 4.12).</summary>
    public static long Overflowed(int fd)
    {
        var values = stackalloc uint[Sys.SK_MEMINFO_VARS];
        uint length = Sys.SK_MEMINFO_VARS * sizeof(uint);
        return Libc.getsockopt(fd, Sys.SOL_SOCKET, Sys.SO_MEMINFO, values, &length) == 0 ? values[Sys.SK_MEMINFO_DROPS] : 0;
    }

    /// <summary>Lets close send a reset and drop what was not sent yet (SO_LINGER with time 0).</summary>
    public static void ResetOnClose(int fd)
    {
        var linger = (OnOff: 1, Seconds: 0);
        Libc.setsockopt(fd, Sys.SOL_SOCKET, Sys.SO_LINGER, &linger, 2 * sizeof(int));
    }
}
