using System.Runtime.InteropServices;
using Gateway.Protocol;

namespace Gateway.Transport;

/// <summary>A dial that failed.</summary>
/// <param name="Kind">The cause, as far as it decides the reply.</param>
/// <param name="Phase">What failed.</param>
/// <param name="Endpoint">The address whose failure is told; the default value when none was tried.</param>
/// <param name="Errno">The kernel's error number, else 0.</param>
/// <param name="Attempts">Addresses that were tried.</param>
public readonly record struct DialFailure(DialFailureKind Kind, DialPhase Phase, IpEndpoint Endpoint = default, int Errno = 0, int Attempts = 0)
{
    /// <summary>The one table from the kernel's errors to causes.</summary>
    public static DialFailureKind KindOf(int errno) => errno switch
    {
        Linux.Errno.ECONNREFUSED or Linux.Errno.ECONNRESET => DialFailureKind.Refused,
        Linux.Errno.ENETUNREACH or Linux.Errno.ENETDOWN => DialFailureKind.NetworkUnreachable,
        Linux.Errno.EHOSTUNREACH or Linux.Errno.EHOSTDOWN => DialFailureKind.HostUnreachable,
        Linux.Errno.ETIMEDOUT => DialFailureKind.TimedOut,
        Linux.Errno.EACCES or Linux.Errno.EPERM => DialFailureKind.NotAllowed,
        Linux.Errno.EAFNOSUPPORT => DialFailureKind.FamilyUnavailable,
        Linux.Errno.EMFILE or Linux.Errno.ENFILE or Linux.Errno.ENOBUFS or Linux.Errno.ENOMEM or Linux.Errno.EADDRNOTAVAIL
            or Linux.Errno.EADDRINUSE or Linux.Errno.EAGAIN => DialFailureKind.LocalTrouble,
        _ => DialFailureKind.Failed,
    };

    /// <summary>
    /// The REP octet of RFC 1928 §6 that this cause owes: 02 not allowed, 03 network unreachable, 04 host unreachable (also names
    /// without an address and peers that never answer), 05 refused, 01 anything else. 06 stays for chains that are too long.
    /// </summary>
    public ReplyCode Reply => Kind switch
    {
        DialFailureKind.NotAllowed => ReplyCode.NotAllowed,
        DialFailureKind.NetworkUnreachable or DialFailureKind.FamilyUnavailable => ReplyCode.NetworkUnreachable,
        DialFailureKind.NameNotFound or DialFailureKind.NameUnavailable or DialFailureKind.HostUnreachable or DialFailureKind.TimedOut => ReplyCode.HostUnreachable,
        DialFailureKind.Refused => ReplyCode.ConnectionRefused,
        _ => ReplyCode.GeneralFailure,
    };

    /// <summary>How much it says about the target, among several: a refusal by the target most, a trouble of our own least.</summary>
    internal int Weight => Kind switch
    {
        DialFailureKind.Refused => 9,
        DialFailureKind.TimedOut => 8,
        DialFailureKind.HostUnreachable => 7,
        DialFailureKind.NetworkUnreachable => 6,
        DialFailureKind.Failed => 5,
        DialFailureKind.LocalTrouble => 4,
        DialFailureKind.NotAllowed => 3,
        DialFailureKind.NameUnavailable => 2,
        DialFailureKind.NameNotFound => 1,
        _ => 0,
    };

    /// <summary><c>connect [2001:db8::1]:80: Connection refused</c>.</summary>
    public override string ToString()
    {
        var cause = Errno != 0 ? Marshal.GetPInvokeErrorMessage(Errno) : Kind switch
        {
            DialFailureKind.NameNotFound => "name not found",
            DialFailureKind.NameUnavailable => "name server does not answer",
            DialFailureKind.FamilyUnavailable => "no address of a usable family",
            DialFailureKind.NotAllowed => "address not allowed",
            DialFailureKind.TimedOut => "timed out",
            _ => "failed",
        };
        var phase = Phase.ToString().ToLowerInvariant();
        return Endpoint.Family == IpFamily.None ? $"{phase}: {cause}" : $"{phase} {Endpoint}: {cause}";
    }
}
