namespace Akka.Dispatch.SysMsg;

public sealed class Suspend : SystemMessage
{
}
