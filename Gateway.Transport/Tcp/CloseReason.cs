using System.Runtime.InteropServices;

namespace Gateway.Transport;

/// <param name="Kind">Who ended it.</param>
/// <param name="Errno">The kernel's error number when it failed, else 0.</param>
public readonly record struct CloseReason(CloseKind Kind, int Errno = 0)
{
    /// <summary>The peer reset the connection.</summary>
    public bool IsReset => Errno is Linux.Errno.ECONNRESET or Linux.Errno.EPIPE;

    /// <summary>The peer vanished: no answer to keepalive or to data.</summary>
    public bool IsVanished => Errno is Linux.Errno.ETIMEDOUT or Linux.Errno.EHOSTUNREACH or Linux.Errno.ENETUNREACH;

    public override string ToString() => Errno == 0 ? Kind.ToString() : Marshal.GetPInvokeErrorMessage(Errno);
}
