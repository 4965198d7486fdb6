using Akka.Actor;
using Akka.Configuration;

namespace Akka.Contract.Tests.Dispatchers;

public sealed class CustomDispatcherTests() : ContractTest("""
    own {
      type = "Akka.Contract.Tests.Dispatchers.OwnThreadConfigurator, Akka.Contract.Tests"
      throughput = 5
      id = own
    }
    akka.actor.deployment { "/deployed" { dispatcher = own } }
    pinned { type = PinnedDispatcher }
    """)
{
    private static readonly Props Naming = Scripted.By((_, context) => context.Sender.Tell(Thread.CurrentThread.Name ?? ""));

    [Fact]
    public void An_actor_runs_on_the_thread_of_its_dispatcher()
    {
        var actor = Sys.ActorOf(Naming.WithDispatcher("own"));
        for (var message = 0; message < 20; message++)
            actor.Tell(message);
        Assert.Equal(Enumerable.Repeat("own", 20), ReceiveN(20));
    }

    [Fact]
    public void Hooks_run_on_that_thread_too()
    {
        var test = TestActor;
        var actor = Sys.ActorOf(Props.Create(() => new Hooked(test)).WithDispatcher("own"));
        actor.Tell(new InvalidOperationException());
        actor.Tell(PoisonPill.Instance);
        var hooks = ReceiveN(5).Cast<(string Hook, string? Thread)>().ToList();
        Assert.Equal(["constructor", "PreStart", "PostStop", "constructor", "PreStart"], hooks.Select(hook => hook.Hook));
        Assert.All(hooks, hook => Assert.Equal("own", hook.Thread));
        Assert.Equal(("PostStop", "own"), ExpectMsg<(string, string)>());
    }

    [Fact]
    public void After_an_await_an_actor_is_back_on_its_thread()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Awaiting()).WithDispatcher("own"));
        for (var message = 0; message < 5; message++)
            actor.Tell(message);
        Assert.Equal(Enumerable.Repeat(("own", "own"), 5), ReceiveN(5).Cast<(string, string)>());
    }

    [Fact]
    public void A_child_is_on_the_default_dispatcher_unless_its_props_say_otherwise()
    {
        var parent = Sys.ActorOf(
            Scripted.By((_, context) => context.ActorOf(Naming).Forward("who?")).WithDispatcher("own"));
        parent.Tell("spawn");
        Assert.NotEqual("own", ExpectMsg<string>());
    }

    [Fact]
    public void Two_actors_of_one_thread_never_run_at_once()
    {
        var inside = 0;
        var actors = Enumerable.Range(0, 4).Select(_ => Sys.ActorOf(Scripted.By((_, context) =>
        {
            var together = Interlocked.Increment(ref inside);
            Thread.SpinWait(200);
            Interlocked.Decrement(ref inside);
            context.Sender.Tell(together);
        }).WithDispatcher("own"))).ToList();
        for (var message = 0; message < 100; message++)
            actors.ForEach(actor => actor.Tell(message));
        Assert.All(ReceiveN(400), together => Assert.Equal(1, together));
    }

    [Fact]
    public void A_batch_ends_after_throughput_messages_so_that_others_get_their_turn()
    {
        var gate = new Gate();
        var test = TestActor;
        var first = Sys.ActorOf(Scripted.By((message, _) =>
        {
            gate.Pass();
            test.Tell($"first {message}");
        }).WithDispatcher("own"));
        var second = Sys.ActorOf(Scripted.By((message, _) => test.Tell($"second {message}")).WithDispatcher("own"));
        first.Tell(0);
        gate.AwaitVisitor();
        for (var message = 1; message < 100; message++)
            first.Tell(message);
        second.Tell(0);
        gate.Open();
        var order = ReceiveN(101).Cast<string>().ToList();
        Assert.InRange(order.IndexOf("second 0"), 5, 12);
    }

    [Fact]
    public void The_deployment_section_can_name_a_dispatcher()
    {
        Sys.ActorOf(Naming, "deployed").Tell("who?");
        ExpectMsg("own");
    }

    [Fact]
    public void A_pinned_dispatcher_gives_an_actor_one_thread()
    {
        var actor = Sys.ActorOf(Scripted.By((_, context) =>
            context.Sender.Tell(Environment.CurrentManagedThreadId)).WithDispatcher("pinned"));
        for (var message = 0; message < 20; message++)
            actor.Tell(message);
        Assert.Single(ReceiveN(20).Distinct());
    }

    [Fact]
    public void An_unknown_dispatcher_is_a_ConfigurationException()
    {
        var thrown = Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Naming.WithDispatcher("nowhere")));
        Assert.Contains("nowhere", thrown.Message);
    }

    [Fact]
    public void A_message_posted_from_the_thread_itself_waits_for_the_end_of_the_one_before()
    {
        var actor = Sys.ActorOf(Scripted.By((message, context) =>
        {
            if (message is not "first")
                return;
            context.Self.Forward("second");
            context.Sender.Tell("first ended");
        }).WithDispatcher("own"));
        actor.Tell("first");
        ExpectMsg("first ended");
    }

    private sealed class Hooked : ReceiveActor
    {
        private readonly IActorRef _test;

        public Hooked(IActorRef test)
        {
            _test = test;
            Say("constructor");
            Receive<Exception>(failure => throw failure);
        }

        protected override void PreStart() => Say("PreStart");

        protected override void PostStop() => Say("PostStop");

        private void Say(string hook) => _test.Tell((hook, Thread.CurrentThread.Name));
    }

    private sealed class Awaiting : ReceiveActor
    {
        public Awaiting() => ReceiveAnyAsync(async _ =>
        {
            var before = Thread.CurrentThread.Name;
            await Task.Delay(1);
            Sender.Tell((before, Thread.CurrentThread.Name));
        });
    }
}
