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
                _queue.Enqueue(new MailboxNode(i, null));
            Assert.True(_queue.HasMessages);
            Assert.Equal(4, _queue.Count);
            Assert.Equal([0, 1, 2, 3], TakeAll());
            Assert.False(_queue.HasMessages);
        }
    }

    [Fact]
    public void What_is_put_back_comes_first()
    {
        _queue.Enqueue(new MailboxNode(2, null));
        _queue.EnqueueFirst(new MailboxNode(1, null));
        _queue.EnqueueFirst(new MailboxNode(0, null));
        Assert.Equal(3, _queue.Count);
        Assert.Equal([0, 1, 2], TakeAll());
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
                _queue.Enqueue(new MailboxNode((producer, i), null));
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
        _queue.Enqueue(new MailboxNode(new object(), null));
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
