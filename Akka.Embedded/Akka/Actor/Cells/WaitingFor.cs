namespace Akka.Actor;

/// <summary>Why a cell waits until its children have gone.</summary>
internal abstract class WaitingFor
{
}

internal sealed class Recreation(Exception cause) : WaitingFor
{
    public Exception Cause { get; } = cause;
}

internal sealed class Creation : WaitingFor
{
    public static readonly Creation Instance = new();
}

internal sealed class Termination : WaitingFor
{
    public static readonly Termination Instance = new();
}
