using Akka.Actor;
using Akka.Dispatch;

namespace Akka.Streams;

/// <summary>How the streams of a materializer run.</summary>
public sealed class ActorMaterializerSettings
{
    /// <summary>The dispatcher of the streams' actors.</summary>
    public readonly string Dispatcher;

    private ActorMaterializerSettings(string dispatcher) => Dispatcher = dispatcher;

    internal static ActorMaterializerSettings Default { get; } = new(Dispatchers.DefaultDispatcherId);

    /// <summary>The defaults.</summary>
    public static ActorMaterializerSettings Create(ActorSystem system) => Default;

    public ActorMaterializerSettings WithDispatcher(string dispatcher) => new(dispatcher);
}
