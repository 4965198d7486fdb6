namespace Akka.Dispatch.SysMsg;

public sealed class Resume(Exception? causedByFailure) : SystemMessage
{
    public Exception? CausedByFailure { get; set; } = causedByFailure;
}
