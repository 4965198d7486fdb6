using System.Runtime.InteropServices;

namespace Gateway.Transport;

/// <summary>What a relay did, told once, at its end.</summary>
/// <param name="ClientToTarget">Octets that the target's socket took.</param>
/// <param name="TargetToClient">Octets that the client's socket took.</param>
/// <param name="End">How it ended.</param>
/// <param name="FirstToEnd">Whose FIN came first; none when there was none.</param>
/// <param name="Broken">The side that left or failed.</param>
/// <param name="Errno">The kernel's error number of that side, else 0.</param>
/// <param name="Duration">From <see cref="Relay.Start"/> to the end.</param>
public readonly record struct RelayOutcome(
    long ClientToTarget, long TargetToClient, RelayEnd End, RelaySide FirstToEnd, RelaySide Broken, int Errno, TimeSpan Duration)
{
    /// <summary>
    /// In words: <c>completed</c>, <c>idle</c>, <c>the client reset the connection</c>; and when one direction had ended before,
    /// <c>the client reset the connection after it had finished sending</c>, which is how a close in the middle of a download looks.
    /// </summary>
    public string Reason => End switch
    {
        RelayEnd.Left => $"the {Word(Broken)} reset the connection{Before}",
        RelayEnd.Failed => $"the connection to the {Word(Broken)} failed{Before}: {Marshal.GetPInvokeErrorMessage(Errno)}",
        _ => End.ToString().ToLowerInvariant(),
    };

    private string Before =>
        FirstToEnd == RelaySide.None ? "" : $" after {(FirstToEnd == Broken ? "it" : $"the {Word(FirstToEnd)}")} had finished sending";

    private static string Word(RelaySide side) => side.ToString().ToLowerInvariant();
}
