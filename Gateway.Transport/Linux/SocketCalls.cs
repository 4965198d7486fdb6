using Gateway.Protocol;

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

    /// <summary>Lets close send a reset and drop what was not sent yet (SO_LINGER with time 0).</summary>
    public static void ResetOnClose(int fd)
    {
        var linger = (OnOff: 1, Seconds: 0);
        Libc.setsockopt(fd, Sys.SOL_SOCKET, Sys.SO_LINGER, &linger, 2 * sizeof(int));
    }
}
