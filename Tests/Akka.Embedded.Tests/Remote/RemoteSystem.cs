using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;

namespace Akka.Embedded.Tests.Remote;

/// <summary>An actor system on a free port of the loopback, with an echo, whose log can be read.</summary>
internal sealed class RemoteSystem : IAsyncDisposable
{
    private RemoteSystem(ActorSystem system)
    {
        System = system;
        Echo = system.ActorOf(Props.Create(() => new EchoActor()), "echo");
        system.EventStream.Subscribe(system.ActorOf(Props.Create(() => new Collector(Log))), typeof(LogEvent));
    }

    public ActorSystem System { get; }

    public IActorRef Echo { get; }

    public ConcurrentQueue<string> Log { get; } = new();

    public Address Address => ((ExtendedActorSystem)System).Provider.DefaultAddress;

    public Remoting Remoting => ((RemoteActorRefProvider)((ExtendedActorSystem)System).Provider).Remoting;

    /// <param name="name">Of the system.</param>
    /// <param name="remote">The inside of <c>akka.remote</c>.</param>
    /// <param name="akka">The inside of <c>akka</c>.</param>
    public static RemoteSystem Start(string name = "lab", string remote = "", string akka = "") => new(ActorSystem.Create(name, ConfigurationFactory.ParseString($$"""
        akka {
          loglevel = DEBUG
          stdout-loglevel = OFF
          loggers = []
          actor.provider = remote
          remote {
            dot-netty.tcp { hostname = 127.0.0.1, port = 0 }
            retry-gate-closed-for = 100ms
            {{remote}}
          }
          {{akka}}
        }
        """)));

    /// <summary>A reference to that actor of the other system, as this one sees it.</summary>
    public IActorRef To(RemoteSystem other, string path = "/user/echo") =>
        ((ExtendedActorSystem)System).Provider.ResolveActorRef($"{other.Address}{path}");

    /// <summary>Waits until something has been logged.</summary>
    public Task Logged(string text) => Eventually.Holds(() => Log.Any(line => line.Contains(text, StringComparison.Ordinal)), () => $"[{text}] in:\n{string.Join("\n", Log)}");

    public async ValueTask DisposeAsync() => await System.Terminate();

    private sealed class EchoActor : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    private sealed class Collector(ConcurrentQueue<string> log) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is LogEvent line)
                log.Enqueue($"{line.LogLevel()} {line.Message}");
        }
    }
}
