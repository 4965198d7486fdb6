using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>
/// An actor system with an actor in it whose messages a test can expect. The parts: expectations
/// (<c>TestKitBase.Expect.cs</c>, <c>TestKitBase.ExpectFrom.cs</c>), receiving without judging (<c>TestKitBase.Receive.cs</c>),
/// conditions that come true in time (<c>TestKitBase.Await.cs</c>), deadlines (<c>TestKitBase.Within.cs</c>) and making actors
/// (<c>TestKitBase.ActorOf.cs</c>).
/// </summary>
public abstract partial class TestKitBase : IActorRefFactory
{
    private const string TestActorDispatcher = "akka.test.test-actor.dispatcher";

    private static int _testActors;

    internal readonly ITestKitAssertions Assertions;
    private readonly EnvelopeQueue _queue = new();
    private MessageEnvelope _last = ReceivedEnvelope.None;

    /// <summary>A kit on a running system, or on a new one when <paramref name="system"/> is null.</summary>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system = null, string? testActorName = null)
        : this(assertions, system ?? Start(ActorSystemSetup.Empty, null), testActorName, system)
    {
    }

    /// <summary>A kit on a new system, with <see cref="DefaultConfig"/> under the configuration in <paramref name="setup"/>.</summary>
    protected TestKitBase(
        ITestKitAssertions assertions, ActorSystemSetup setup, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, Start(setup, actorSystemName), testActorName, null)
    {
    }

    /// <summary>A kit on a new system, with <see cref="DefaultConfig"/> under <paramref name="config"/>.</summary>
    protected TestKitBase(ITestKitAssertions assertions, Config config, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config)), actorSystemName, testActorName)
    {
    }

    private TestKitBase(ITestKitAssertions assertions, ActorSystem system, string? testActorName, ActorSystem? borrowed)
    {
        Assertions = assertions ?? throw new ArgumentNullException(nameof(assertions));
        Sys = system;
        if (borrowed is not null)
            Prepare(borrowed);
        TestKitSettings = TestKitExtension.For(system);
        Log = Logging.GetLogger(system, GetType());
        EventFilter = new EventFilterFactory(this, system, []);
        TestActor = CreateTestActor(testActorName ?? $"testActor{Interlocked.Increment(ref _testActors)}");
        MakeTestActorTheSender();
    }

    /// <summary>The settings of a test: <c>akka.test</c>, the logger that event filters need, the calling-thread dispatcher.</summary>
    public static Config DefaultConfig { get; } = ConfigurationFactory.ParseString("""
        akka {
          loggers = ["Akka.TestKit.TestEventListener, Akka.TestKit"]
          test {
            timefactor = 1.0
            filter-leeway = 3s
            single-expect-default = 3s
            default-timeout = 5s
            calling-thread-dispatcher {
              type = "Akka.TestKit.CallingThreadDispatcherConfigurator, Akka.TestKit"
              throughput = 2147483647
            }
            test-actor.dispatcher {
              type = "Akka.TestKit.CallingThreadDispatcherConfigurator, Akka.TestKit"
              throughput = 2147483647
            }
          }
        }
        """);

    /// <summary>Logs everything that can be logged.</summary>
    public static Config FullDebugConfig { get; } = ConfigurationFactory.ParseString("""
        akka {
          loglevel = DEBUG
          stdout-loglevel = DEBUG
          log-dead-letters = true
          log-dead-letters-during-shutdown = true
          actor.debug { receive = true, autoreceive = true, lifecycle = true, event-stream = true, unhandled = true }
        }
        """);

    /// <summary>The current time as a span since the first of January of the year 1; deadlines are told in it.</summary>
    public static TimeSpan Now => TimeSpan.FromTicks(DateTime.UtcNow.Ticks);

    public ActorSystem Sys { get; }

    public TestKitSettings TestKitSettings { get; }

    public ILoggingAdapter Log { get; }

    /// <summary>What it receives, the test may expect. It is the sender of what the test tells.</summary>
    public IActorRef TestActor { get; }

    /// <summary>Expects or silences log events. Needs <see cref="TestEventListener"/> among the system's loggers.</summary>
    public EventFilterFactory EventFilter { get; }

    /// <summary>Whether something has arrived that the test has not asked for yet.</summary>
    public bool HasMessages => !_queue.IsEmpty;

    /// <summary>The message received last; null when the last attempt ran into its timeout.</summary>
    public object LastMessage => _last.Message;

    /// <summary>The sender of <see cref="LastMessage"/>.</summary>
    public IActorRef LastSender => _last.Sender;

    /// <summary>Event filters on another system.</summary>
    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system, []);

    public virtual TestProbe CreateTestProbe(string? name = null) => CreateTestProbe(Sys, name);

    public virtual TestProbe CreateTestProbe(ActorSystem system, string? name = null) => new(system, Assertions, name!);

    /// <summary>One more actor that feeds this kit's queue.</summary>
    public IActorRef CreateTestActor(string name)
    {
        var queue = _queue;
        var props = Props.Create(() => new InternalTestActor(queue)).WithDispatcher(TestActorDispatcher);
        var actor = ((ExtendedActorSystem)Sys).SystemActorOf(props, name);
        if (actor is IRepointableRef repointable && !SpinWait.SpinUntil(() => repointable.IsStarted, TimeSpan.FromSeconds(5)))
            throw new TimeoutException($"The test actor {name} did not start.");
        return actor;
    }

    /// <summary>Lets <see cref="TestActor"/> receive <see cref="Terminated"/>; the watch stands when this returns.</summary>
    public IActorRef Watch(IActorRef actorToWatch)
    {
        Ask(new TestActorCommand.Watch(actorToWatch)).GetAwaiter().GetResult();
        return actorToWatch;
    }

    /// <inheritdoc cref="Watch"/>
    public async Task<IActorRef> WatchAsync(IActorRef actorToWatch)
    {
        await Ask(new TestActorCommand.Watch(actorToWatch)).ConfigureAwait(false);
        return actorToWatch;
    }

    /// <summary>Ends a watch; it has ended when this returns.</summary>
    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        Ask(new TestActorCommand.Unwatch(actorToUnwatch)).GetAwaiter().GetResult();
        return actorToUnwatch;
    }

    /// <inheritdoc cref="Unwatch"/>
    public async Task<IActorRef> UnwatchAsync(IActorRef actorToUnwatch)
    {
        await Ask(new TestActorCommand.Unwatch(actorToUnwatch)).ConfigureAwait(false);
        return actorToUnwatch;
    }

    /// <summary>Keeps messages for which <paramref name="shouldIgnoreMessage"/> holds away from the test.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) =>
        TestActor.Tell(new TestActorCommand.Ignore(shouldIgnoreMessage));

    /// <inheritdoc cref="IgnoreMessages(Func{object, bool})"/>
    public void IgnoreMessages<TMsg>(Func<TMsg, bool> shouldIgnoreMessage) =>
        IgnoreMessages(message => message is TMsg wanted && shouldIgnoreMessage(wanted));

    /// <summary>Keeps messages of a type away from the test.</summary>
    public void IgnoreMessages<TMsg>() => IgnoreMessages(message => message is TMsg);

    /// <summary>Ends <see cref="IgnoreMessages(Func{object, bool})"/>.</summary>
    public void IgnoreNoMessages() => TestActor.Tell(new TestActorCommand.Ignore(null));

    /// <summary>Lets <paramref name="pilot"/> answer what <see cref="TestActor"/> receives.</summary>
    public void SetAutoPilot(AutoPilot pilot) => TestActor.Tell(new TestActorCommand.Pilot(pilot));

    /// <summary>Terminates the system.</summary>
    /// <param name="duration">How long to wait for it: 5 s by default, dilated.</param>
    /// <param name="verifySystemShutdown">Whether exceeding it is an error, or just a warning in the log.</param>
    /// <exception cref="TimeoutException">It did not terminate in time, and that was to be verified.</exception>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) =>
        Shutdown(Sys, duration, verifySystemShutdown);

    /// <inheritdoc cref="Shutdown(TimeSpan?, bool)"/>
    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        var wait = duration ?? Dilated(TimeSpan.FromSeconds(5));
        if (system.Terminate().Wait(wait))
            return;
        ((ExtendedActorSystem)system).Guardian.Stop();
        if (verifySystemShutdown)
            throw new TimeoutException($"{system} did not terminate within {wait}.");
        system.Log.Warning("{0} did not terminate within {1}; it is stopped by force", system, wait);
    }

    private static ActorSystem Start(ActorSystemSetup setup, string? name)
    {
        var bootstrap = setup.Get<BootstrapSetup>().GetOrElse(BootstrapSetup.Create());
        var config = bootstrap.Config.HasValue ? bootstrap.Config.Value.WithFallback(DefaultConfig) : DefaultConfig;
        return ActorSystem.Create(name ?? "test", setup.WithSetup(bootstrap.WithConfig(config)));
    }

    /// <summary>Gives a system that was made without this kit what the kit needs of it.</summary>
    private static void Prepare(ActorSystem system)
    {
        system.Settings.InjectTopLevelFallback(DefaultConfig);
        foreach (var id in new[] { TestActorDispatcher, CallingThreadDispatcher.Id })
        {
            var config = DefaultConfig.GetConfig(id)!;
            system.Dispatchers.RegisterConfigurator(
                id, new CallingThreadDispatcherConfigurator(config, system.Dispatchers.Prerequisites));
        }
    }

    private Task<object> Ask(TestActorCommand command) => TestActor.Ask(command, RemainingOrDefault);

    private void MakeTestActorTheSender()
    {
        if (this is not INoImplicitSender)
            ActorCell.Current = ((LocalActorRef)TestActor).Cell;
        else if (this is not TestProbe)
            ActorCell.Current = null;
        SynchronizationContext.SetSynchronizationContext(
            new ActorCellKeepingSynchronizationContext(ActorCell.Current));
    }
}
