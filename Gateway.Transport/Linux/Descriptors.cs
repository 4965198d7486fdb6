namespace Gateway.Transport.Linux;

/// <summary>
/// How near the process is to its descriptor limit. The last ones are not for sockets: without any, the runtime can neither compile a
/// method that runs for the first time nor start a thread, and fails with OutOfMemoryException in the middle of anything. Since the
/// kernel gives out the lowest free number, a high number says that all below it are in use.
/// </summary>
internal static unsafe class Descriptors
{
    /// <summary>Kept free for the runtime, log files and the like.</summary>
    private const int Reserve = 32;

    /// <summary>The process's limit, as it was when first asked for.</summary>
    public static int Limit { get; set; } = ReadLimit();

    /// <summary>A new outgoing socket or pipe with this number is one too many.</summary>
    public static bool IsBeyondLimit(int fd) => fd >= Limit - Reserve;

    /// <summary>No client should be accepted after one with this number, so that those that are in can still be connected.</summary>
    public static bool IsScarce(int fd) => fd >= Limit - 2 * Reserve;

    /// <summary>Whether the next descriptor would be a scarce one. <paramref name="any"/> is one that is open.</summary>
    public static bool AreScarce(int any)
    {
        var next = Libc.fcntl(any, Sys.F_DUPFD_CLOEXEC, 0);
        if (next < 0)
            return true;
        Libc.close(next);
        return IsScarce(next);
    }

    /// <summary>What was just opened, or -1 and the errno of a process without descriptors, when it comes too near to the limit.</summary>
    public static int Keep(int fd, out int errno)
    {
        errno = fd < 0 ? Libc.Error : 0;
        if (fd < 0 || !IsBeyondLimit(fd))
            return fd;
        Libc.close(fd);
        errno = Errno.EMFILE;
        return -1;
    }

    private static int ReadLimit()
    {
        var limits = stackalloc ulong[2];
        return Libc.getrlimit(Sys.RLIMIT_NOFILE, limits) == 0 ? (int)Math.Min(limits[0], int.MaxValue) : 1024;
    }
}
