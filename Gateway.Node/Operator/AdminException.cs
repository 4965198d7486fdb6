namespace Gateway.Node.Operator;

/// <summary>A question to a running gateway came to nothing.</summary>
/// <param name="exitCode">What the command exits with.</param>
/// <param name="message">For the operator; no secret is in it.</param>
internal sealed class AdminException(int exitCode, string message) : Exception(message)
{
    public int ExitCode => exitCode;
}
