using Akka.Pattern;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace Akka.Contract.Tests.Streams;

public class QueueSourceTests : StreamTest
{
    [Fact]
    public async Task Offered_elements_arrive_in_order()
    {
        var (queue, result) = Source.Queue<int>(1_000, OverflowStrategy.Fail).ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);

        for (var i = 0; i < 1_000; i++) Assert.IsType<QueueOfferResult.Enqueued>(await Soon(queue.OfferAsync(i)));
        queue.Complete();

        Assert.Equal(Enumerable.Range(0, 1_000), await Soon(result));
        await Soon(queue.WatchCompletionAsync());
    }

    [Fact]
    public async Task An_offer_to_a_full_queue_waits_and_a_second_one_is_an_error()
    {
        var (queue, gate, result) = Blocked(2, OverflowStrategy.Backpressure);

        await Fill(queue, gate, 2);
        var waiting = queue.OfferAsync(100);
        await StaysOpen(waiting);
        await Failure<IllegalStateException>(queue.OfferAsync(101));
        gate.Let(100);

        Assert.IsType<QueueOfferResult.Enqueued>(await Soon(waiting));
        queue.Complete();
        await Soon(result);
        Assert.Equal([0, 1, 2, 100], gate.Passed);
    }

    [Theory]
    [InlineData(OverflowStrategy.DropHead, typeof(QueueOfferResult.Enqueued), new[] { 0, 2, 100 })]
    [InlineData(OverflowStrategy.DropTail, typeof(QueueOfferResult.Enqueued), new[] { 0, 1, 100 })]
    [InlineData(OverflowStrategy.DropBuffer, typeof(QueueOfferResult.Enqueued), new[] { 0, 100 })]
    [InlineData(OverflowStrategy.DropNew, typeof(QueueOfferResult.Dropped), new[] { 0, 1, 2 })]
    public async Task A_full_queue_drops_what_it_was_told(OverflowStrategy strategy, Type result, int[] expected)
    {
        var (queue, gate, end) = Blocked(2, strategy);

        await Fill(queue, gate, 2);
        Assert.IsType(result, await Soon(queue.OfferAsync(100)));
        queue.Complete();
        gate.Let(100);
        await Soon(end);

        Assert.Equal(expected, gate.Passed);
    }

    [Fact]
    public async Task An_overflowing_queue_may_fail_the_stream()
    {
        var (queue, gate, end) = Blocked(2, OverflowStrategy.Fail);

        await Fill(queue, gate, 2);
        var result = Assert.IsType<QueueOfferResult.Failure>(await Soon(queue.OfferAsync(100)));

        Assert.IsType<BufferOverflowException>(result.Cause);
        await Failure<BufferOverflowException>(queue.WatchCompletionAsync());
        gate.Let(100);
        await Failure<BufferOverflowException>(end);
    }

    [Fact]
    public async Task Without_a_buffer_an_offer_waits_until_it_is_asked_for()
    {
        var (queue, gate, end) = Blocked(0, OverflowStrategy.Backpressure);

        await Soon(queue.OfferAsync(0));
        await gate.Arrival();
        var waiting = queue.OfferAsync(1);
        await StaysOpen(waiting);
        gate.Let(100);

        Assert.IsType<QueueOfferResult.Enqueued>(await Soon(waiting));
        queue.Complete();
        await Soon(end);
    }

    [Fact]
    public async Task A_failed_queue_fails_the_stream()
    {
        var (queue, result) = Source.Queue<int>(10, OverflowStrategy.Backpressure).ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);

        queue.Fail(new TimeoutException());

        await Failure<TimeoutException>(result);
        await Failure<TimeoutException>(queue.WatchCompletionAsync());
    }

    [Fact]
    public async Task A_queue_whose_stream_was_cancelled_takes_nothing_more()
    {
        var (queue, first) = Source.Queue<int>(10, OverflowStrategy.Backpressure).ToMaterialized(Sink.First<int>(), Keep.Both).Run(Materializer);

        await Soon(queue.OfferAsync(1));
        Assert.Equal(1, await Soon(first));
        await Soon(queue.WatchCompletionAsync());

        await Failure<StreamDetachedException>(OfferUntilDetached(queue));
    }

    [Fact]
    public async Task Many_threads_may_offer()
    {
        var (queue, result) = Source.Queue<int>(100_000, OverflowStrategy.Fail).ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);

        await Soon(Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 1_000; i++) await queue.OfferAsync((thread * 1_000) + i);
        }))));
        queue.Complete();

        Assert.Equal(Enumerable.Range(0, 4_000), (await Soon(result)).Order());
    }

    private static async Task OfferUntilDetached(ISourceQueueWithComplete<int> queue)
    {
        // The stream's actor ends a moment after the stream; an offer in between may be taken and lost, or never be answered.
        while (true)
        {
            var offer = queue.OfferAsync(2);
            if (await Task.WhenAny(offer, Task.Delay(100)) == offer) await offer;
        }
    }

    private (ISourceQueueWithComplete<int> Queue, Gate<int> Gate, Task End) Blocked(int bufferSize, OverflowStrategy strategy)
    {
        var gate = new Gate<int>();
        var (queue, end) = Source.Queue<int>(bufferSize, strategy).ToMaterialized(Sink.ForEachAsync<int>(1, gate.Enter), Keep.Both).Run(Materializer);
        return (queue, gate, end);
    }

    /// <summary>One element at the gate, and the queue full.</summary>
    private static async Task Fill(ISourceQueueWithComplete<int> queue, Gate<int> gate, int bufferSize)
    {
        await Soon(queue.OfferAsync(0));
        await gate.Arrival();
        for (var i = 1; i <= bufferSize; i++) Assert.IsType<QueueOfferResult.Enqueued>(await Soon(queue.OfferAsync(i)));
    }
}
