namespace Akka.Actor;

internal static class UntypedReceiveExtensions
{
    public static Receive AsReceive(this UntypedReceive receive) => receive.Handle;

    private static bool Handle(this UntypedReceive receive, object message)
    {
        receive(message);
        return true;
    }
}
