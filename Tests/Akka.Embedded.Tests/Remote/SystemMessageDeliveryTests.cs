using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Associations;
using Akka.Remote.Wire;

namespace Akka.Embedded.Tests.Remote;

public class SystemMessageDeliveryTests
{
    private readonly SystemMessageOutbox _outbox = new(3);

    [Fact]
    public void What_was_not_acknowledged_is_sent_again_over_the_next_connection()
    {
        Add(3);
        Assert.Equal([1, 2, 3], Send());
        _outbox.Acknowledge(1);
        _outbox.Rewind();
        Assert.Equal([2, 3], Send());
        _outbox.Acknowledge(3);
        Assert.True(_outbox.IsEmpty);
    }

    [Fact]
    public void It_holds_so_many_and_no_more()
    {
        Add(3);
        Assert.False(_outbox.TryAdd(new Terminate(), ActorRefs.Nobody, 0));
    }

    [Fact]
    public void An_acknowledgement_of_what_was_never_sent_counts_for_nothing()
    {
        Add(2);
        _outbox.Acknowledge(99);
        _outbox.Acknowledge(-5);
        Assert.Equal([1, 2], Send());
        _outbox.Acknowledge(long.MaxValue);
        Assert.True(_outbox.IsEmpty);
    }

    [Fact]
    public void Numbers_go_on_after_a_peer_was_given_up()
    {
        Add(2);
        Send();
        _outbox.Clear();
        Add(1);
        Assert.Equal([3], Send());
    }

    [Fact]
    public void It_knows_since_when_something_waits()
    {
        Assert.False(_outbox.HasWaitedSince(long.MaxValue));
        _outbox.TryAdd(new Terminate(), ActorRefs.Nobody, 100);
        Assert.False(_outbox.HasWaitedSince(100));
        Assert.True(_outbox.HasWaitedSince(101));
    }

    [Fact]
    public void What_arrives_twice_is_taken_once()
    {
        var inbox = new SystemMessageInbox();
        Assert.True(inbox.TryAccept(7));
        Assert.False(inbox.TryAccept(7));
        Assert.False(inbox.TryAccept(3));
        Assert.True(inbox.TryAccept(8));
    }

    [Fact]
    public void What_is_missing_in_between_is_an_error()
    {
        var inbox = new SystemMessageInbox();
        inbox.TryAccept(1);
        Assert.Throws<WireException>(() => inbox.TryAccept(3));
    }

    private void Add(int count)
    {
        for (var i = 0; i < count; i++)
            Assert.True(_outbox.TryAdd(new Terminate(), ActorRefs.Nobody, 0));
    }

    private List<long> Send()
    {
        var numbers = new List<long>();
        while (_outbox.TryTakeUnsent(out var number, out _, out _))
            numbers.Add(number);
        return numbers;
    }
}
