using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;

namespace Gateway.Actors.Tests.Fakes;

/// <summary>Keeps the dead letters that it is subscribed to.</summary>
internal sealed class DeadLetterBox(ConcurrentQueue<DeadLetter> letters) : UntypedActor
{
    protected override void OnReceive(object message) => letters.Enqueue((DeadLetter)message);
}
