using Akka.Actor;
using Akka.Remote;

namespace Akka.Embedded.Tests.Remote;

public class RemotingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("text ü")]
    [InlineData(42)]
    [InlineData(1L << 40)]
    [InlineData(true)]
    public async Task A_message_comes_back_from_another_system(object message)
    {
        await using var here = RemoteSystem.Start();
        await using var there = RemoteSystem.Start("other");
        Assert.Equal(message, await here.To(there).Ask<object>(message, Patience));
    }

    [Fact]
    public async Task What_an_actor_of_a_third_system_asks_is_answered_to_the_system_that_it_asks_through()
    {
        await using var here = RemoteSystem.Start();
        await using var there = RemoteSystem.Start("other");
        await using var third = RemoteSystem.Start("third");
        Task<object>? answer = null;
        ((LocalActorRef)third.Echo).Cell.UseThreadContext(() => answer = here.To(there).Ask<object>("hello", Patience));
        Assert.Equal("hello", await answer!);
    }

    [Fact]
    public async Task Messages_arrive_in_the_order_in_which_they_were_sent()
    {
        await using var here = RemoteSystem.Start();
        await using var there = RemoteSystem.Start();
        var all = new TaskCompletionSource<int>();
        var counter = there.System.ActorOf(Props.Create(() => new Counter(20_000, all)), "counter");
        var target = here.To(there, "/user/counter");
        for (var i = 0; i < 20_000; i++)
            target.Tell(i, ActorRefs.NoSender);
        Assert.Equal(20_000, await all.Task.WaitAsync(Patience));
        Assert.NotNull(counter);
    }

    [Fact]
    public async Task A_reference_that_travels_home_is_the_actor_itself()
    {
        await using var here = RemoteSystem.Start();
        await using var there = RemoteSystem.Start();
        var back = await here.To(there).Ask<IActorRef>(here.Echo, Patience);
        Assert.Equal(here.Echo, back);
        Assert.IsAssignableFrom<LocalActorRef>(back);
    }

    [Fact]
    public async Task A_selection_finds_actors_elsewhere()
    {
        await using var here = RemoteSystem.Start();
        await using var there = RemoteSystem.Start();
        var found = await here.System.ActorSelection($"{there.Address}/user/ec*").ResolveOne(Patience);
        Assert.Equal($"{there.Address}/user/echo", found.Path.ToString());
        Assert.Equal(there.Echo.Path.Uid, found.Path.Uid);
    }

    [Fact]
    public async Task Whoever_watches_an_actor_elsewhere_hears_of_its_end()
    {
        await using var here = RemoteSystem.Start();
        await using var there = RemoteSystem.Start();
        var found = await here.System.ActorSelection($"{there.Address}/user/echo").ResolveOne(Patience);
        var dead = Watch(here, found);
        there.System.Stop(there.Echo);
        Assert.Equal(found, (await dead.WaitAsync(Patience)).ActorRef);
    }

    [Fact]
    public async Task Whoever_watches_an_actor_that_never_was_hears_so()
    {
        await using var here = RemoteSystem.Start();
        await using var there = RemoteSystem.Start();
        var terminated = await Watch(here, here.To(there, "/user/nobody#4711")).WaitAsync(Patience);
        Assert.False(terminated.ExistenceConfirmed);
    }

    [Fact]
    public async Task When_a_whole_system_vanishes_its_actors_are_reported_dead()
    {
        await using var here = RemoteSystem.Start(remote: "watch-failure-detector { heartbeat-interval = 100ms, acceptable-heartbeat-pause = 500ms, unreachable-nodes-reaper-interval = 100ms }");
        var there = RemoteSystem.Start();
        var found = await here.System.ActorSelection($"{there.Address}/user/echo").ResolveOne(Patience);
        var dead = Watch(here, found);
        await there.Remoting.ShutdownAsync();
        Assert.True((await dead.WaitAsync(Patience)).AddressTerminated);
        await there.DisposeAsync();
    }

    [Fact]
    public async Task News_of_a_death_survive_the_loss_of_the_connection()
    {
        await using var here = RemoteSystem.Start();
        await using var there = RemoteSystem.Start();
        var found = await here.System.ActorSelection($"{there.Address}/user/echo").ResolveOne(Patience);
        var dead = Watch(here, found);
        await here.To(there, "/user/echo").Ask<string>("settled", Patience);
        here.Remoting.DropConnections();
        there.Remoting.DropConnections();
        there.System.Stop(there.Echo);
        Assert.Equal(found, (await dead.WaitAsync(Patience)).ActorRef);
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_dropped_and_the_association_stays()
    {
        await using var here = RemoteSystem.Start();
        await using var there = RemoteSystem.Start();
        var echo = here.To(there);
        Assert.Equal("before", await echo.Ask<string>("before", Patience));
        echo.Tell(new string('x', 200_000), ActorRefs.NoSender);
        await here.Logged("Discarding oversized payload");
        Assert.Equal("after", await echo.Ask<string>("after", Patience));
        Assert.DoesNotContain(here.Log, line => line.Contains("gated", StringComparison.Ordinal));
        var large = new string('y', 120_000);
        Assert.Equal(large, await echo.Ask<string>(large, Patience));
    }

    [Fact]
    public async Task A_message_that_no_serializer_takes_is_dropped_and_logged()
    {
        await using var here = RemoteSystem.Start();
        await using var there = RemoteSystem.Start();
        here.To(there).Tell(new Version(1, 2), ActorRefs.NoSender);
        await here.Logged("Failed to serialize");
        Assert.Equal("after", await here.To(there).Ask<string>("after", Patience));
    }

    [Fact]
    public async Task What_is_sent_where_nobody_listens_becomes_a_dead_letter()
    {
        await using var here = RemoteSystem.Start(remote: "retry-gate-closed-for = 10s");
        var gone = RemoteSystem.Start();
        var target = here.To(gone);
        await gone.DisposeAsync();
        target.Tell("lost", ActorRefs.NoSender);
        await here.Logged("has failed; address is now gated");
        await here.Logged("was not delivered");
    }

    [Fact]
    public async Task A_system_that_is_started_again_on_the_same_address_is_reached_again()
    {
        await using var here = RemoteSystem.Start();
        var first = RemoteSystem.Start();
        var port = first.Address.Port;
        var target = here.To(first);
        Assert.Equal("one", await target.Ask<string>("one", Patience));
        await first.DisposeAsync();
        await using var second = RemoteSystem.Start(remote: $"dot-netty.tcp.port = {port}");
        await Eventually.Holds(() => Answers(target), () => string.Join("\n", here.Log));
    }

    [Fact]
    public async Task A_quarantined_incarnation_is_refused_and_learns_so()
    {
        await using var here = RemoteSystem.Start();
        await using var there = RemoteSystem.Start();
        Assert.Equal("one", await there.To(here).Ask<string>("one", Patience));
        var heard = new TaskCompletionSource<ThisActorSystemQuarantinedEvent>();
        there.System.EventStream.Subscribe(
            there.System.ActorOf(Props.Create(() => new Catcher<ThisActorSystemQuarantinedEvent>(heard))), typeof(ThisActorSystemQuarantinedEvent));
        here.Remoting.QuarantinePeer(there.Address, there.Remoting.Uid);
        await Eventually.Holds(() => !Answers(there.To(here)) && heard.Task.IsCompleted, () => string.Join("\n", there.Log));
        Assert.Equal(here.Address, (await heard.Task).RemoteAddress);
    }

    [Fact]
    public async Task Two_systems_cannot_have_one_port()
    {
        await using var here = RemoteSystem.Start();
        var thrown = Assert.ThrowsAny<Exception>(() => RemoteSystem.Start(remote: $"dot-netty.tcp.port = {here.Address.Port}"));
        Assert.Contains("Cannot listen", thrown.ToString());
    }

    private static bool Answers(IActorRef target)
    {
        try
        {
            return target.Ask<string>("there?", TimeSpan.FromMilliseconds(300)).Result == "there?";
        }
        catch (AggregateException)
        {
            return false;
        }
    }

    private static Task<Terminated> Watch(RemoteSystem system, IActorRef target)
    {
        var dead = new TaskCompletionSource<Terminated>(TaskCreationOptions.RunContinuationsAsynchronously);
        system.System.ActorOf(Props.Create(() => new Watcher(target, dead)));
        return dead.Task;
    }

    private sealed class Watcher : UntypedActor
    {
        private readonly TaskCompletionSource<Terminated> _dead;

        public Watcher(IActorRef target, TaskCompletionSource<Terminated> dead)
        {
            _dead = dead;
            Context.Watch(target);
        }

        protected override void OnReceive(object message)
        {
            if (message is Terminated terminated)
                _dead.TrySetResult(terminated);
        }
    }

    private sealed class Catcher<T>(TaskCompletionSource<T> caught) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is T expected)
                caught.TrySetResult(expected);
        }
    }

    private sealed class Counter(int expected, TaskCompletionSource<int> all) : UntypedActor
    {
        private int _next;

        protected override void OnReceive(object message)
        {
            if (!message.Equals(_next))
                all.TrySetException(new InvalidOperationException($"{message} where {_next} was expected"));
            if (++_next == expected)
                all.TrySetResult(_next);
        }
    }
}
