using Akka.Streams;
using Akka.Streams.Dsl;

namespace Akka.Contract.Tests.Streams;

public class BroadcastHubTests : StreamTest
{
    [Fact]
    public async Task Every_stream_behind_a_hub_gets_every_element()
    {
        var (queue, hub) = Source.Queue<int>(100, OverflowStrategy.Fail).ToMaterialized(BroadcastHub.Sink<int>(8), Keep.Both).Run(Materializer);
        var (firstReady, first) = Listen(hub);
        var (secondReady, second) = Listen(hub);

        // A stream sees what comes after it has joined, so zeros are sent until both have.
        while (!firstReady.IsCompleted || !secondReady.IsCompleted)
        {
            await Soon(queue.OfferAsync(0));
            await Task.WhenAny(Task.WhenAll(firstReady, secondReady), Task.Delay(5));
        }
        for (var i = 1; i <= 50; i++) await Soon(queue.OfferAsync(i));
        queue.Complete();

        Assert.Equal(Enumerable.Range(1, 50), (await Soon(first)).Where(n => n > 0));
        Assert.Equal(Enumerable.Range(1, 50), (await Soon(second)).Where(n => n > 0));
    }

    [Fact]
    public async Task The_slowest_stream_sets_the_pace()
    {
        var taken = 0;
        var hub = Source.From(Enumerable.Range(0, 1_000)).Select(n => Interlocked.Increment(ref taken)).RunWith(BroadcastHub.Sink<int>(8), Materializer);
        var gate = new Gate<int>();
        var slow = hub.RunWith(Sink.ForEachAsync<int>(1, gate.Enter), Materializer);

        await gate.Arrival();
        await StaysOpen(slow);
        Assert.InRange(Volatile.Read(ref taken), 1, 100);
        gate.Let(1_000);

        await Soon(slow);
        Assert.Equal(1_000, taken);
    }

    [Fact]
    public async Task A_stream_may_leave_without_harm()
    {
        var hub = Source.From(Enumerable.Range(0, 1_000)).RunWith(BroadcastHub.Sink<int>(8), Materializer);

        await Soon(hub.RunWith(Sink.First<int>(), Materializer));

        await Soon(hub.RunWith(Sink.Ignore<int>(), Materializer));
    }

    [Fact]
    public async Task A_failure_reaches_every_stream()
    {
        var (queue, hub) = Source.Queue<int>(10, OverflowStrategy.Fail).ToMaterialized(BroadcastHub.Sink<int>(8), Keep.Both).Run(Materializer);
        var first = hub.RunWith(Sink.Seq<int>(), Materializer);
        var second = hub.RunWith(Sink.Seq<int>(), Materializer);

        queue.Fail(new TimeoutException());

        await Failure<TimeoutException>(first);
        await Failure<TimeoutException>(second);
    }

    private (Task Ready, Task<IEnumerable<int>> All) Listen(Source<int, NotUsed> hub)
    {
        var ready = new TaskCompletionSource();
        var all = hub.Select(n =>
        {
            ready.TrySetResult();
            return n;
        }).RunWith(Sink.Seq<int>(), Materializer);
        return (ready.Task, All(all));

        static async Task<IEnumerable<int>> All(Task<System.Collections.Immutable.IImmutableList<int>> list) => await list;
    }
}
