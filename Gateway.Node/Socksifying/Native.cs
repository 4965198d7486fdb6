using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace Gateway.Node.Socksifying;

/// <summary>The system calls of <c>socks64 socksify</c>: looking at a program, and becoming it.</summary>
[SuppressMessage("Interoperability", "SYSLIB1054", Justification = "The generated form needs unsafe code, for a few calls before an exec.")]
internal static class Native
{
    private const int ExecuteAccess = 1;
    private const int Sigpipe = 13;
    private const int OpenFiles = 7;
    private const uint BasicStatus = 0x7ff;

    public static bool IsExecutable(string path) => access(path, ExecuteAccess) == 0;

    /// <summary>
    /// Whether the loader would run it in secure mode (<c>AT_SECURE</c>): it takes the rights of another user or group,
    /// or brings capabilities to somebody who is not root.
    /// </summary>
    public static bool RaisesPrivileges(string path)
    {
        // struct statx: stx_uid at 20, stx_gid at 24, stx_mode at 28.
        var status = new byte[256];
        if (statx(-100, path, 0, BasicStatus, status) != 0)
            return false;
        var (user, group) = (BitConverter.ToUInt32(status, 20), BitConverter.ToUInt32(status, 24));
        var mode = (UnixFileMode)(BitConverter.ToUInt16(status, 28) & 0xfff);
        return (mode.HasFlag(UnixFileMode.SetUser) && user != geteuid())
            || (mode.HasFlag(UnixFileMode.SetGroup) && group != getegid())
            || (geteuid() != 0 && getxattr(path, "security.capability", null, 0) > 0);
    }

    /// <summary>A descriptor that a program started from here inherits, with <paramref name="text"/> in it; it has no name in any folder.</summary>
    public static int HiddenFile(string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        var descriptor = memfd_create("socks64", 0);
        if (descriptor < 0 || write(descriptor, octets, octets.Length) != octets.Length)
            throw new IOException(Marshal.GetLastPInvokeErrorMessage());
        return descriptor;
    }

    /// <summary>
    /// Becomes the program: same process, terminal and signals. Comes back only when that fails, with the reason.
    /// What the .NET runtime changed for itself is put back: SIGPIPE, and the limit on open files.
    /// </summary>
    public static string Become(string path, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        if (prlimit(getppid(), OpenFiles, IntPtr.Zero, out var limit) == 0)
            _ = prlimit(0, OpenFiles, ref limit, IntPtr.Zero);
        _ = signal(Sigpipe, IntPtr.Zero);
        string?[] argv = [.. arguments, null];
        string?[] envp = [.. environment.Select(pair => $"{pair.Key}={pair.Value}"), null];
        _ = execve(path, argv, envp);
        return Marshal.GetLastPInvokeErrorMessage();
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }

    [DllImport("libc", SetLastError = true)] private static extern int access(string path, int mode);
    [DllImport("libc")] private static extern uint geteuid();
    [DllImport("libc")] private static extern uint getegid();
    [DllImport("libc")] private static extern int getppid();
    [DllImport("libc")] private static extern int statx(int folder, string path, int flags, uint mask, byte[] status);
    [DllImport("libc")] private static extern nint getxattr(string path, string name, byte[]? value, nint size);
    [DllImport("libc", SetLastError = true)] private static extern int memfd_create(string name, uint flags);
    [DllImport("libc", SetLastError = true)] private static extern nint write(int descriptor, byte[] octets, nint count);
    [DllImport("libc")] private static extern IntPtr signal(int number, IntPtr handler);
    [DllImport("libc")] private static extern int prlimit(int process, int resource, IntPtr next, out Limit current);
    [DllImport("libc")] private static extern int prlimit(int process, int resource, ref Limit next, IntPtr current);
    [DllImport("libc", SetLastError = true)] private static extern int execve(string path, string?[] arguments, string?[] environment);
}
