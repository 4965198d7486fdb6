using System.Runtime.InteropServices;
using Gateway.Transport.Linux;

namespace Gateway.Transport;

/// <summary>A system call failed where the caller can only give up: opening listeners, loops, UDP sockets.</summary>
/// <param name="call">The system call, and what it was for.</param>
/// <param name="errno">The kernel's error number.</param>
public sealed class TransportException(string call, int errno)
    : IOException($"{call}: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})")
{
    /// <summary>The kernel's error number.</summary>
    public int Errno => errno;

    /// <summary>Another socket holds the address and port.</summary>
    public bool IsAddressInUse => errno == Linux.Errno.EADDRINUSE;

    /// <summary>This machine has no such address family, or not that address.</summary>
    public bool IsFamilyAbsent => errno is Linux.Errno.EAFNOSUPPORT or Linux.Errno.EADDRNOTAVAIL;

    internal static int ThrowIfFailed(int result, string call) => result >= 0 ? result : throw new TransportException(call, Libc.Error);
}
