using System.Runtime.InteropServices;

namespace Gateway.Transport.Linux;

/// <summary>
/// The system calls of the data plane. All arguments are blittable, so a call costs a GC transition and nothing else.
/// A call that failed returns -1; <see cref="Error"/> then holds its number until the next call.
/// </summary>
internal static unsafe partial class Libc
{
    private const string Name = "libc";

    /// <summary>errno of the call that just failed on this thread.</summary>
    public static int Error => Marshal.GetLastSystemError();

    [LibraryImport(Name)] public static partial int epoll_create1(int flags);
    [LibraryImport(Name)] public static partial int epoll_ctl(int epoll, int operation, int fd, byte* ev);
    [LibraryImport(Name)] public static partial int epoll_wait(int epoll, byte* events, int capacity, int milliseconds);
    [LibraryImport(Name)] public static partial int eventfd(uint value, int flags);

    [LibraryImport(Name)] public static partial int socket(int domain, int type, int protocol);
    [LibraryImport(Name)] public static partial int bind(int fd, void* address, uint length);
    [LibraryImport(Name)] public static partial int listen(int fd, int backlog);
    [LibraryImport(Name)] public static partial int accept4(int fd, void* address, uint* length, int flags);
    [LibraryImport(Name)] public static partial int connect(int fd, void* address, uint length);
    [LibraryImport(Name)] public static partial int shutdown(int fd, int how);
    [LibraryImport(Name)] public static partial int getsockname(int fd, void* address, uint* length);
    [LibraryImport(Name)] public static partial int getpeername(int fd, void* address, uint* length);
    [LibraryImport(Name)] public static partial int setsockopt(int fd, int level, int option, void* value, uint length);
    [LibraryImport(Name)] public static partial int getsockopt(int fd, int level, int option, void* value, uint* length);

    [LibraryImport(Name)] public static partial nint recv(int fd, void* buffer, nuint length, int flags);
    [LibraryImport(Name)] public static partial nint send(int fd, void* buffer, nuint length, int flags);
    [LibraryImport(Name)] public static partial nint splice(int from, long* fromOffset, int to, long* toOffset, nuint length, uint flags);
    [LibraryImport(Name)] public static partial int recvmmsg(int fd, MultiMessage* messages, uint count, int flags, void* timeout);
    [LibraryImport(Name)] public static partial int sendmmsg(int fd, MultiMessage* messages, uint count, int flags);

    [LibraryImport(Name)] public static partial nint recvmsg(int fd, MessageHeader* message, int flags);
    [LibraryImport(Name)] public static partial nint sendmsg(int fd, MessageHeader* message, int flags);

    [LibraryImport(Name)] public static partial nint read(int fd, void* buffer, nuint length);
    [LibraryImport(Name)] public static partial nint write(int fd, void* buffer, nuint length);
    [LibraryImport(Name)] public static partial int close(int fd);
    [LibraryImport(Name)] public static partial int pipe2(int* ends, int flags);
    [LibraryImport(Name)] public static partial int getrlimit(int resource, ulong* softAndHard);
    [LibraryImport(Name)] public static partial int fcntl(int fd, int command, int argument);
    [LibraryImport(Name)] public static partial uint geteuid();

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int getaddrinfo(string name, string? service, AddressInfo* hints, AddressInfo** result);
    [LibraryImport(Name)] public static partial void freeaddrinfo(AddressInfo* result);
    [LibraryImport(Name)]
    public static partial int getnameinfo(void* address, uint length, byte* host, uint hostLength, byte* service, uint serviceLength, int flags);

    /// <summary>Sets an integer option; false when the kernel refuses it.</summary>
    public static bool SetOption(int fd, int level, int option, int value) => setsockopt(fd, level, option, &value, sizeof(int)) == 0;
}
