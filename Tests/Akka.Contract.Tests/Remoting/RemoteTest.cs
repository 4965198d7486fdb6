using Akka.Actor;
using Akka.Configuration;

namespace Akka.Contract.Tests.Remoting;

/// <summary>A test with a second system, which is reached over loopback.</summary>
public abstract class RemoteTest : ContractTest
{
    private const string Remoting = """
        akka {
          actor {
            provider = remote
            serializers { notes = "Akka.Contract.Tests.Serialization.NoteSerializer, Akka.Contract.Tests" }
            serialization-bindings { "Akka.Contract.Tests.Serialization.INote, Akka.Contract.Tests" = notes }
            serialization-identifiers { "Akka.Contract.Tests.Serialization.NoteSerializer, Akka.Contract.Tests" = 4242 }
          }
          remote {
            dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            retry-gate-closed-for = 300ms
            watch-failure-detector { heartbeat-interval = 250ms, acceptable-heartbeat-pause = 2s, unreachable-nodes-reaper-interval = 250ms }
          }
          test.filter-leeway = 10s
        }
        """;

    private readonly List<ActorSystem> _others = [];

    protected RemoteTest()
        : base(Remoting)
    {
        Other = StartOther();
        OtherAddress = AddressOf(Other);
    }

    /// <summary>The other system; its name is <c>other</c>.</summary>
    protected ActorSystem Other { get; }

    protected Address OtherAddress { get; }

    protected static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

    /// <summary>One more system called <c>other</c>, on a free port or on a certain one.</summary>
    protected ActorSystem StartOther(int port = 0)
    {
        var config = ConfigurationFactory.ParseString($"akka.remote.dot-netty.tcp.port = {port}").WithFallback(Sys.Settings.Config);
        var system = ActorSystem.Create("other", config);
        _others.Add(system);
        return system;
    }

    /// <summary>An actor of the other system, and this system's reference to it.</summary>
    protected async Task<IActorRef> RunThere(string name, Action<object, IActorContext> script)
    {
        Other.ActorOf(Scripted.By(script), name);
        return await Resolve(name);
    }

    /// <summary>This system's reference to an actor of the other one.</summary>
    protected Task<IActorRef> Resolve(string name) => There(name).ResolveOne(Soon);

    protected ActorSelection There(string path) => Sys.ActorSelection($"{OtherAddress}/user/{path}");

    protected override void AfterAll()
    {
        foreach (var system in _others)
            Shutdown(system, Soon);
    }
}
