using Akka.Actor;

namespace Akka.Contract.Tests.Support;

/// <summary>Counts its messages, answers the count, and throws each exception that it receives.</summary>
public sealed class Fragile : ReceiveActor
{
    private int _count;

    public Fragile()
    {
        Receive<Exception>(failure => throw failure);
        ReceiveAny(_ => Sender.Tell(++_count));
    }
}
