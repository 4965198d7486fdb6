using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Answers what a test actor receives, on the test actor's own turn, before the test asks for it.</summary>
public abstract class AutoPilot
{
    /// <summary>Return this to stay the pilot.</summary>
    public static KeepRunning KeepRunning => KeepRunning.Instance;

    /// <summary>Return this to leave the seat.</summary>
    public static NoAutoPilot NoAutoPilot => NoAutoPilot.Instance;

    /// <summary>Called for each message; returns the pilot for the next one.</summary>
    public abstract AutoPilot Run(IActorRef sender, object message);
}
