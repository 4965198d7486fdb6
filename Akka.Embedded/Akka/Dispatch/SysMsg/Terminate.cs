using Akka.Actor;
using Akka.Event;

namespace Akka.Dispatch.SysMsg;

public sealed class Terminate : SystemMessage, IPossiblyHarmful, IDeadLetterSuppression
{
}
