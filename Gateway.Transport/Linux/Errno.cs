namespace Gateway.Transport.Linux;

/// <summary>The error numbers of Linux that this room tells apart (asm-generic; the same on x64 and arm64).</summary>
internal static class Errno
{
    public const int EPERM = 1, EINTR = 4, EIO = 5, EAGAIN = 11, ENOMEM = 12, EACCES = 13, EINVAL = 22, ENFILE = 23, EMFILE = 24, EPIPE = 32;
    public const int EMSGSIZE = 90, EAFNOSUPPORT = 97, EADDRINUSE = 98, EADDRNOTAVAIL = 99, ENETDOWN = 100, ENETUNREACH = 101;
    public const int ECONNABORTED = 103, ECONNRESET = 104, ENOBUFS = 105, ENOTCONN = 107, ETIMEDOUT = 110, ECONNREFUSED = 111;
    public const int EHOSTDOWN = 112, EHOSTUNREACH = 113, EINPROGRESS = 115, ECANCELED = 125;

    /// <summary>The process or the machine is out of descriptors or socket memory: waiting helps, trying again at once does not.</summary>
    public static bool IsExhaustion(int errno) => errno is EMFILE or ENFILE or ENOBUFS or ENOMEM;
}
