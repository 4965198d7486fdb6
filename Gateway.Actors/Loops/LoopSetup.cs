using Akka.Actor.Setup;
using Gateway.Transport;

namespace Gateway.Actors.Loops;

/// <summary>Hands the loops to the actor system, whose loop dispatchers look them up here.</summary>
public sealed class LoopSetup(LoopGroup loops) : Setup
{
    public LoopGroup Loops { get; } = loops;
}
