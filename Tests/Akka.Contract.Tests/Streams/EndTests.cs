using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace Akka.Contract.Tests.Streams;

public class EndTests : StreamTest
{
    [Fact]
    public async Task What_is_told_to_an_actor_source_comes_out()
    {
        var (entrance, result) = Source.ActorRef<int>(10, OverflowStrategy.DropHead).ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);

        entrance.Tell(1);
        entrance.Tell(2);
        entrance.Tell(new Status.Success("end"));

        Assert.Equal([1, 2], await Soon(result));
    }

    [Fact]
    public async Task A_failure_told_to_an_actor_source_fails_the_stream()
    {
        var (entrance, result) = Source.ActorRef<int>(10, OverflowStrategy.DropHead).ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);

        entrance.Tell(new Status.Failure(new TimeoutException()));

        await Failure<TimeoutException>(result);
    }

    [Fact]
    public async Task A_poisoned_actor_source_completes_the_stream()
    {
        var (entrance, result) = Source.ActorRef<int>(10, OverflowStrategy.DropHead).ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);

        entrance.Tell(PoisonPill.Instance);

        Assert.Empty(await Soon(result));
    }

    [Fact]
    public async Task The_actor_of_a_source_ends_with_the_stream()
    {
        var (entrance, first) = Source.ActorRef<int>(10, OverflowStrategy.DropHead).ToMaterialized(Sink.First<int>(), Keep.Both).Run(Materializer);
        var ended = entrance.WatchAsync();

        entrance.Tell(1);

        Assert.Equal(1, await Soon(first));
        await Soon(ended);
    }

    [Fact]
    public void An_actor_source_cannot_make_the_teller_wait() =>
        Assert.ThrowsAny<Exception>(() => Source.ActorRef<int>(10, OverflowStrategy.Backpressure));

    [Fact]
    public async Task An_actor_sink_hears_elements_and_the_end()
    {
        var (actor, messages) = NewListener();

        Source.From([1, 2]).RunWith(Sink.ActorRef<int>(actor, "done", failure => failure), Materializer);

        Assert.Equal([1, 2, "done"], new[] { await Next(messages), await Next(messages), await Next(messages) });
    }

    [Fact]
    public async Task An_actor_sink_hears_of_a_failure()
    {
        var (actor, messages) = NewListener();

        Source.Failed<int>(new TimeoutException()).RunWith(Sink.ActorRef<int>(actor, "done", failure => failure), Materializer);

        Assert.IsType<TimeoutException>(await Next(messages));
    }

    [Fact]
    public async Task An_actor_sink_whose_actor_ended_cancels()
    {
        var (actor, _) = NewListener();
        var ended = Source.From(Enumerable.Repeat(1, int.MaxValue)).Throttle(10, TimeSpan.FromMilliseconds(10), 10, ThrottleMode.Shaping)
            .WatchTermination(Keep.Right).To(Sink.ActorRef<int>(actor, "done", failure => failure)).Run(Materializer);

        System.Stop(actor);

        await Soon(ended);
    }

    [Fact]
    public async Task First_of_nothing_is_an_error_or_the_default()
    {
        await Failure<NoSuchElementException>(Source.Empty<int>().RunWith(Sink.First<int>(), Materializer));
        Assert.Equal(0, await Soon(Source.Empty<int>().RunWith(Sink.FirstOrDefault<int>(), Materializer)));
    }

    [Fact]
    public async Task On_complete_is_called_once()
    {
        var ends = new TaskCompletionSource<string>();
        Source.Single(1).RunWith(Sink.OnComplete<int>(() => ends.SetResult("completed"), failure => ends.SetResult(failure.Message)), Materializer);
        Assert.Equal("completed", await Soon(ends.Task));

        ends = new TaskCompletionSource<string>();
        Source.Failed<int>(new TimeoutException("late")).RunWith(Sink.OnComplete<int>(() => ends.SetResult("completed"), failure => ends.SetResult(failure.Message)), Materializer);
        Assert.Equal("late", await Soon(ends.Task));
    }

    [Fact]
    public async Task For_each_async_does_as_many_at_once_as_it_may()
    {
        var gate = new Gate<int>();
        var result = Source.From(Enumerable.Range(0, 10)).RunWith(Sink.ForEachAsync<int>(3, gate.Enter), Materializer);

        for (var i = 0; i < 3; i++) await gate.Arrival();
        await StaysOpen(gate.Arrival());
        gate.Let(10);

        await Soon(result);
        Assert.Equal(Enumerable.Range(0, 10), gate.Passed.Order());
    }

    [Fact]
    public async Task A_tick_source_ticks_until_it_is_cancelled()
    {
        var (timer, result) = Source.Tick(TimeSpan.Zero, TimeSpan.FromMilliseconds(20), "tick").Select(tick => tick).ToMaterialized(Sink.First<string>(), Keep.Both).Run(Materializer);
        Assert.Equal("tick", await Soon(result));
        timer.Cancel();

        var (other, seq) = Source.Tick(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10), "tick").ToMaterialized(Sink.Seq<string>(), Keep.Both).Run(Materializer);
        other.Cancel();
        Assert.Empty(await Soon(seq));
    }

    [Fact]
    public async Task A_materializer_that_is_shut_down_ends_its_streams_abruptly()
    {
        var (_, result) = Source.Queue<int>(1, OverflowStrategy.Backpressure).ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);

        Materializer.Shutdown();

        await Assert.ThrowsAnyAsync<Exception>(() => Soon(result));
        Assert.True(Materializer.IsShutdown);
    }
}
