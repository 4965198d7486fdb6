namespace Akka.Dispatch.SysMsg;

/// <summary>Restart: replace the instance behind the reference.</summary>
public sealed class Recreate(Exception cause) : SystemMessage
{
    public Exception Cause { get; } = cause;
}
