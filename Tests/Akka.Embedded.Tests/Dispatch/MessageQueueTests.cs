using System.Runtime.CompilerServices;
using Akka.Dispatch;

namespace Akka.Embedded.Tests.Dispatch;

public sealed class MessageQueueTests
{
    private MessageQueue _queue;

    [Fact]
    public void A_new_queue_is_empty()
    {
        Assert.False(_queue.HasMessages);
        Assert.False(_queue.TryDequeue(out _, out _));
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void Messages_come_out_in_their_order_also_after_it_ran_empty()
    {
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 4; i++)
                _queue.Enqueue(i, null);
            Assert.True(_queue.HasMessages);
            Assert.Equal(4, _queue.Count);
            Assert.Equal([0, 1, 2, 3], TakeAll());
            Assert.False(_queue.HasMessages);
        }
    }

    [Fact]
    public void What_is_put_back_comes_first()
    {
        _queue.Enqueue(2, null);
        _queue.EnqueueFirst(1, null);
        _queue.EnqueueFirst(0, null);
        Assert.Equal(3, _queue.Count);
        Assert.Equal([0, 1, 2], TakeAll());
    }

    [Fact]
    public void Counts_what_was_taken_whichever_way_it_came_in()
    {
        for (var i = 0; i < 100; i++)
            _queue.Enqueue(i, null);
        _queue.EnqueueFirst(-1, null);
        Assert.Equal(101, TakeAll().Count);
        Assert.Equal(101, _queue.Taken);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(3000)]
    public void Keeps_the_order_when_it_fills_and_empties_by_turns(int atOnce)
    {
        var sent = 0;
        var received = 0;
        for (var round = 0; round < 20; round++)
        {
            for (var i = 0; i < atOnce; i++)
                _queue.Enqueue(sent++, null);
            Assert.Equal(sent - received, _queue.Count);
            for (var i = round % 2 == 0 ? atOnce / 2 : sent - received; i > 0; i--)
            {
                Assert.True(_queue.TryDequeue(out var message, out _));
                Assert.Equal(received++, message);
            }
        }

        Assert.Equal(sent, received);
        Assert.False(_queue.HasMessages);
    }

    [Fact]
    public void Nothing_is_lost_when_two_begin_a_queue_at_the_same_moment()
    {
        const int rounds = 20_000, each = 3;
        var queue = new MessageQueue();
        using var meeting = new Barrier(3);
        var senders = Enumerable.Range(0, 2).Select(_ => new Thread(Send)).ToList();
        senders.ForEach(sender => sender.Start());
        var lost = 0;
        for (var round = 0; round < rounds; round++)
        {
            queue = new MessageQueue();
            meeting.SignalAndWait();
            meeting.SignalAndWait();
            var taken = 0;
            while (queue.TryDequeue(out object _, out _))
                taken++;
            lost += 2 * each - taken;
        }

        senders.ForEach(sender => sender.Join());
        Assert.Equal(0, lost);

        void Send()
        {
            for (var round = 0; round < rounds; round++)
            {
                meeting.SignalAndWait();
                for (var i = 0; i < each; i++)
                    queue.Enqueue(this, null);
                meeting.SignalAndWait();
            }
        }
    }

    [Fact]
    public void The_sender_comes_with_its_message()
    {
        _queue.Enqueue("a", Akka.Actor.ActorRefs.Nobody);
        _queue.Enqueue("b", null);
        Assert.True(_queue.TryDequeue(out _, out var first));
        Assert.True(_queue.TryDequeue(out _, out var second));
        Assert.Same(Akka.Actor.ActorRefs.Nobody, first);
        Assert.Null(second);
    }

    [Fact]
    public void A_message_that_was_taken_is_not_kept_alive()
    {
        var taken = EnqueueAndTake();
        GC.Collect();
        Assert.False(taken.IsAlive);
        Assert.False(_queue.HasMessages);
    }

    [Fact]
    public void Every_producers_messages_arrive_once_and_in_its_order()
    {
        const int Producers = 4;
        const int Each = 50_000;
        var threads = Enumerable.Range(0, Producers).Select(producer => new Thread(() =>
        {
            for (var i = 0; i < Each; i++)
                _queue.Enqueue((producer, i), null);
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();

        var next = new int[Producers];
        for (var received = 0; received < Producers * Each;)
        {
            if (!_queue.TryDequeue(out var message, out _))
            {
                Thread.Yield();
                continue;
            }

            var (producer, number) = ((int, int))message;
            Assert.Equal(next[producer]++, number);
            received++;
        }

        Assert.All(next, count => Assert.Equal(Each, count));
        Assert.False(_queue.HasMessages);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference EnqueueAndTake()
    {
        _queue.Enqueue(new object(), null);
        Assert.True(_queue.TryDequeue(out var message, out _));
        return new WeakReference(message);
    }

    private List<object> TakeAll()
    {
        var all = new List<object>();
        while (_queue.TryDequeue(out var message, out _))
            all.Add(message);
        return all;
    }
}
