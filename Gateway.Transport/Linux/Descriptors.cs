namespace Gateway.Transport.Linux;

/// <summary>
/// How near the process is to its descriptor limit. The last ones are not for sockets: without any, the runtime can neither compile a
/// method that runs for the first time nor start a thread, and fails with OutOfMemoryException in the middle of anything.
/// <para>
/// Two things are watched. What the loops' sockets and pipes claim, from a client's arrival on with the descriptor that its session has
/// not opened yet: who is let in can be connected. And the numbers that the kernel gives out: since it takes the lowest free one, a
/// high number says that all below it are in use, by whomever.
/// </para>
/// </summary>
internal static unsafe class Descriptors
{
    /// <summary>Kept free for the runtime, log files and the like.</summary>
    public const int Reserve = 32;

    private static int s_claimed;

    /// <summary>The process's limit, as it was when first asked for.</summary>
    public static int Limit { get; set; } = ReadLimit();

    /// <summary>Those of the runtime and of everything else that no loop watches, as many as there were when first asked for.</summary>
    public static int Others { get; set; } = CountOpen();

    /// <summary>What the sockets and pipes of all loops claim.</summary>
    public static int Claimed => Volatile.Read(ref s_claimed);

    /// <summary>Adds to what is claimed; a negative number gives back. Any thread.</summary>
    public static void Claim(int count) => Interlocked.Add(ref s_claimed, count);

    /// <summary>Whether <paramref name="count"/> more can be claimed, and all claims still be met.</summary>
    public static bool HaveRoomFor(int count) => Others + Claimed + count <= Limit - 2 * Reserve;

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

    private static int CountOpen() => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();

    private static int ReadLimit()
    {
        var limits = stackalloc ulong[2];
        return Libc.getrlimit(Sys.RLIMIT_NOFILE, limits) == 0 ? (int)Math.Min(limits[0], int.MaxValue) : 1024;
    }
}
