using Akka.Actor;
using Akka.Configuration;
using Xunit.Abstractions;

namespace Akka.Contract.Tests.Support;

/// <summary>A test of one actor system. What it logs goes to the test's output, if that is asked for.</summary>
public abstract class ContractTest : Akka.TestKit.Xunit2.TestKit
{
    /// <summary>Long enough for anything that has to happen, even on a loaded machine.</summary>
    protected static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    private const string Quiet = "akka { loglevel = INFO, stdout-loglevel = OFF, test.single-expect-default = 10s, test.filter-leeway = 10s }";

    protected ContractTest(string config = "", ITestOutputHelper? output = null)
        : base(Overlay(config), null, output)
    {
    }

    /// <summary>An actor that runs a script for each message.</summary>
    protected IActorRef Run(Action<object, IActorContext> script, string? name = null) =>
        Sys.ActorOf(Scripted.By(script), name);

    /// <summary>An actor that is given a name, and does nothing.</summary>
    protected IActorRef Idle(string? name = null) => Run((_, _) => { }, name);

    /// <summary>Stops an actor before this returns; a system stops its top-level actors a moment later.</summary>
    protected static void StopAtOnce(IActorRef actor) => ((IInternalActorRef)actor).Stop();

    /// <summary>Stops an actor and waits until it is gone.</summary>
    protected void StopAndWait(IActorRef actor)
    {
        var probe = CreateTestProbe();
        probe.Watch(actor);
        Sys.Stop(actor);
        probe.ExpectTerminated(actor);
    }

    /// <summary>A probe that receives what is published of a class.</summary>
    protected Akka.TestKit.TestProbe Listen<TEvent>()
    {
        var probe = CreateTestProbe();
        Sys.EventStream.Subscribe(probe.Ref, typeof(TEvent));
        return probe;
    }

    private static Config Overlay(string config) =>
        ConfigurationFactory.ParseString(config).WithFallback(ConfigurationFactory.ParseString(Quiet));
}
