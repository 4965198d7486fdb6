using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Not a pilot, but a pilot's answer: the current one stays.</summary>
public sealed class KeepRunning : AutoPilot
{
    public static KeepRunning Instance = new();

    private KeepRunning()
    {
    }

    public override AutoPilot Run(IActorRef sender, object message) =>
        throw new InvalidOperationException("KeepRunning is an answer of a pilot and cannot be one.");
}
