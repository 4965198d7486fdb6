using Akka.Actor;

namespace Akka.Bench;

/// <summary>Two systems in one process, connected over the loopback.</summary>
internal sealed class RemotePair
{
    private const string Remote = "akka { actor.provider = remote, remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 } }";

    public ActorSystem Here { get; } = Measure.StartSystem(Remote);

    public ActorSystem There { get; } = Measure.StartSystem(Remote);

    /// <summary>The actor of that name there, as it is seen from here.</summary>
    public async Task<IActorRef> Find(string name)
    {
        var address = ((ExtendedActorSystem)There).Provider.DefaultAddress;
        return await Here.ActorSelection($"{address}/user/{name}").ResolveOne(TimeSpan.FromSeconds(10));
    }

    public async Task End()
    {
        await Here.Terminate();
        await There.Terminate();
    }
}
