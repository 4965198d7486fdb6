using Akka.Actor;
using Akka.Streams.Fused;

namespace Akka.Streams;

/// <summary>
/// Runs each graph within an actor of its own, below one supervisor. The streams end with the materializer, and with what it was made from.
/// </summary>
public abstract class ActorMaterializer : IMaterializer, IDisposable
{
    public abstract bool IsShutdown { get; }

    public abstract ActorSystem System { get; }

    public abstract IActorRef Supervisor { get; }

    /// <param name="context">An actor system, or the context of the actor that the streams shall end with.</param>
    /// <param name="settings">The defaults if null.</param>
    /// <param name="namePrefix">The beginning of the names of the streams' actors.</param>
    public static ActorMaterializer Create(
        IActorRefFactory context, ActorMaterializerSettings? settings = null, string? namePrefix = null) =>
        new IslandMaterializer(context, settings ?? ActorMaterializerSettings.Default, namePrefix ?? "Flow");

    public abstract TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable);

    /// <summary>Ends all streams abruptly.</summary>
    public abstract void Shutdown();

    public void Dispose() => Shutdown();
}
