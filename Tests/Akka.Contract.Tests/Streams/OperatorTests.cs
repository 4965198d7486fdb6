using System.Diagnostics;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace Akka.Contract.Tests.Streams;

public class OperatorTests : StreamTest
{
    [Fact]
    public async Task Elements_pass_through_select_and_where_in_order()
    {
        var result = Source.From(Enumerable.Range(1, 10_000)).Where(n => n % 2 == 0).Select(n => n * 10).RunWith(Sink.Seq<int>(), Materializer);

        Assert.Equal(Enumerable.Range(1, 5_000).Select(n => n * 20), await Soon(result));
    }

    [Fact]
    public async Task A_stream_can_be_run_again()
    {
        var stream = Source.From([1, 2, 3]).ToMaterialized(Sink.Aggregate<int, int>(0, (sum, n) => sum + n), Keep.Right);

        Assert.Equal(6, await Soon(stream.Run(Materializer)));
        Assert.Equal(6, await Soon(stream.Run(Materializer)));
    }

    [Fact]
    public async Task A_failing_function_fails_the_stream()
    {
        var seen = new List<int>();
        var result = Source.From([2, 1, 0, 5]).Select(n => 10 / n).RunForeach(seen.Add, Materializer);

        await Failure<DivideByZeroException>(result);
        Assert.Equal([5, 10], seen);
    }

    [Fact]
    public async Task Select_async_keeps_the_order_and_the_limit()
    {
        var running = 0;
        var most = 0;
        var result = Source.From(Enumerable.Range(0, 100)).SelectAsync(4, async n =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            await Task.Delay(n % 3);
            Interlocked.Decrement(ref running);
            return n;
        }).RunWith(Sink.Seq<int>(), Materializer);

        Assert.Equal(Enumerable.Range(0, 100), await Soon(result));
        Assert.InRange(most, 1, 4);
    }

    [Fact]
    public async Task A_failed_task_fails_the_stream() =>
        await Failure<TimeoutException>(Source.From([1, 2]).SelectAsync(1, _ => Task.FromException<int>(new TimeoutException())).RunWith(Sink.Seq<int>(), Materializer));

    [Fact]
    public async Task A_group_leaves_when_it_is_full_and_at_the_end()
    {
        var groups = await Soon(Source.From(Enumerable.Range(1, 7)).GroupedWithin(3, TimeSpan.FromMinutes(10)).Select(group => group.ToArray()).RunWith(Sink.Seq<int[]>(), Materializer));

        Assert.Equal([[1, 2, 3], [4, 5, 6], [7]], groups);
    }

    [Fact]
    public async Task A_group_leaves_when_its_time_is_up_and_never_empty()
    {
        var (actor, messages) = NewListener();
        var queue = Source.Queue<int>(10, OverflowStrategy.Backpressure).GroupedWithin(100, TimeSpan.FromMilliseconds(50)).Select(group => group.ToArray())
            .To(Sink.ActorRef<int[]>(actor, "done", failure => failure)).Run(Materializer);

        await Soon(queue.OfferAsync(1));
        var first = Assert.IsType<int[]>(await Next(messages));
        await Soon(queue.OfferAsync(2));
        var second = Assert.IsType<int[]>(await Next(messages));
        queue.Complete();

        Assert.Equal(([1], [2]), (first, second), new PairComparer());
        Assert.Equal("done", await Next(messages));
    }

    [Fact]
    public async Task Throttle_lets_a_burst_pass_and_spaces_the_rest()
    {
        var clock = Stopwatch.StartNew();
        await Soon(Source.From(Enumerable.Range(0, 10)).Throttle(50, TimeSpan.FromSeconds(1), 5, ThrottleMode.Shaping).RunWith(Sink.Ignore<int>(), Materializer));

        Assert.True(clock.Elapsed >= TimeSpan.FromMilliseconds(80), $"{clock.Elapsed}");
    }

    [Fact]
    public async Task An_enforcing_throttle_fails_the_stream() => await Failure<OverflowException>(
        Source.From(Enumerable.Range(0, 10)).Throttle(1, TimeSpan.FromMinutes(1), 2, ThrottleMode.Enforcing).RunWith(Sink.Ignore<int>(), Materializer));

    [Theory]
    [InlineData(OverflowStrategy.DropHead, new[] { 0, 9, 10 })]
    [InlineData(OverflowStrategy.DropTail, new[] { 0, 1, 10 })]
    [InlineData(OverflowStrategy.Backpressure, new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })]
    public async Task A_full_buffer_does_what_it_was_told(OverflowStrategy strategy, int[] expected)
    {
        var gate = new Gate<int>();
        var (queue, result) = Source.Queue<int>(100, OverflowStrategy.Fail).Buffer(2, strategy)
            .ToMaterialized(Sink.ForEachAsync<int>(1, gate.Enter), Keep.Both).Run(Materializer);

        await Soon(queue.OfferAsync(0));
        await gate.Arrival();
        for (var i = 1; i <= 10; i++) await Soon(queue.OfferAsync(i));
        queue.Complete();
        if (strategy != OverflowStrategy.Backpressure) await Soon(queue.WatchCompletionAsync());
        gate.Let(100);
        await Soon(result);

        Assert.Equal(expected, gate.Passed);
    }

    [Fact]
    public async Task An_overflowing_buffer_may_fail_the_stream()
    {
        var gate = new Gate<int>();
        var result = Source.From(Enumerable.Range(0, 10)).Buffer(2, OverflowStrategy.Fail).RunWith(Sink.ForEachAsync<int>(1, gate.Enter), Materializer);

        await Failure<BufferOverflowException>(result);
    }

    [Fact]
    public async Task A_slow_sink_slows_the_source()
    {
        var taken = 0;
        var gate = new Gate<int>();
        var result = Source.From(Enumerable.Range(0, 1_000)).Select(n => Interlocked.Increment(ref taken)).RunWith(Sink.ForEachAsync<int>(1, gate.Enter), Materializer);

        await gate.Arrival();
        await StaysOpen(result);
        Assert.InRange(Volatile.Read(ref taken), 1, 50);
        gate.Let(1_000);
        await Soon(result);
        Assert.Equal(1_000, taken);
    }

    [Fact]
    public async Task Also_to_feeds_a_second_sink()
    {
        var side = new List<int>();
        var main = Source.From([1, 2, 3]).AlsoTo(Flow.Create<int>().To(Sink.ForEach<int>(side.Add))).RunWith(Sink.Seq<int>(), Materializer);

        Assert.Equal([1, 2, 3], await Soon(main));
        Assert.Equal([1, 2, 3], side);
    }

    [Fact]
    public async Task Watch_termination_tells_how_a_stream_ends()
    {
        var completed = Source.Single(1).WatchTermination(Keep.Right).To(Sink.Ignore<int>()).Run(Materializer);
        var failed = Source.Failed<int>(new TimeoutException()).WatchTermination(Keep.Right).To(Sink.Ignore<int>()).Run(Materializer);
        var cancelled = Source.From(Enumerable.Repeat(1, int.MaxValue)).WatchTermination(Keep.Right).To(Sink.First<int>()).Run(Materializer);

        await Soon(completed);
        await Failure<TimeoutException>(failed);
        await Soon(cancelled);
    }

    [Fact]
    public async Task A_flow_can_be_built_apart()
    {
        var flow = Flow.Create<int>().Select(n => n + 1).Via(Flow.Create<int>().Where(n => n > 2));

        Assert.Equal([3, 4], await Soon(Source.From([1, 2, 3]).Via(flow).RunWith(Sink.Seq<int>(), Materializer)));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }

    private sealed class PairComparer : IEqualityComparer<(int[] First, int[] Second)>
    {
        public bool Equals((int[] First, int[] Second) x, (int[] First, int[] Second) y) =>
            x.First.SequenceEqual(y.First) && x.Second.SequenceEqual(y.Second);

        public int GetHashCode((int[] First, int[] Second) pair) => pair.First.Length;
    }
}
