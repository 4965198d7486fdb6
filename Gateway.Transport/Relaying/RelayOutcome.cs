using System.Runtime.InteropServices;

namespace Gateway.Transport;

/// <summary>What a relay did, told once, at its end.</summary>
/// <param name="ClientToTarget">Octets that the target's socket took.</param>
/// <param name="TargetToClient">Octets that the client's socket took.</param>
/// <param name="End">How it ended.</param>
/// <param name="FirstToEnd">Whose FIN or failure came first.</param>
/// <param name="Errno">The kernel's error number of the side that failed, else 0.</param>
/// <param name="Duration">From <see cref="Relay.Start"/> to the end.</param>
public readonly record struct RelayOutcome(
    long ClientToTarget, long TargetToClient, RelayEnd End, RelaySide FirstToEnd, int Errno, TimeSpan Duration)
{
    /// <summary>One word or the kernel's: <c>completed</c>, <c>idle</c>, <c>target: Connection reset by peer</c>.</summary>
    public string Reason => Errno == 0
        ? End.ToString().ToLowerInvariant()
        : $"{FirstToEnd.ToString().ToLowerInvariant()}: {Marshal.GetPInvokeErrorMessage(Errno)}";
}
