using Akka.Actor;
using Akka.Event;

namespace Akka.Contract.Tests.Systems;

public sealed class EventStreamTests : ContractTest
{
    [Fact]
    public void A_subscriber_receives_what_is_published_of_its_class()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Apple));
        Sys.EventStream.Publish(new Pear());
        Sys.EventStream.Publish(new Apple());
        ExpectMsg<Apple>();
    }

    [Fact]
    public void A_subscription_to_a_base_class_covers_the_derived_ones()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Fruit));
        Sys.EventStream.Publish(new Apple());
        Sys.EventStream.Publish(new Pear());
        ExpectMsg<Apple>();
        ExpectMsg<Pear>();
    }

    [Fact]
    public void A_subscription_to_an_interface_covers_what_implements_it()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(IRipe));
        Sys.EventStream.Publish(new Pear());
        Sys.EventStream.Publish(new Apple());
        ExpectMsg<Apple>();
    }

    [Fact]
    public void Two_subscriptions_that_cover_an_event_bring_it_once()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Fruit));
        Sys.EventStream.Subscribe(TestActor, typeof(Apple));
        Sys.EventStream.Publish(new Apple());
        Sys.EventStream.Publish(new Pear());
        ExpectMsg<Apple>();
        ExpectMsg<Pear>();
    }

    [Fact]
    public void The_same_subscription_counts_once()
    {
        Assert.True(Sys.EventStream.Subscribe(TestActor, typeof(Apple)));
        Assert.False(Sys.EventStream.Subscribe(TestActor, typeof(Apple)));
    }

    [Fact]
    public void An_unsubscribed_class_is_not_received_any_more()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Apple));
        Sys.EventStream.Subscribe(TestActor, typeof(Pear));
        Sys.EventStream.Unsubscribe(TestActor, typeof(Apple));
        Sys.EventStream.Publish(new Apple());
        Sys.EventStream.Publish(new Pear());
        ExpectMsg<Pear>();
    }

    [Fact]
    public void Unsubscribing_from_everything_ends_all()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Apple));
        Sys.EventStream.Subscribe(TestActor, typeof(Pear));
        Sys.EventStream.Unsubscribe(TestActor);
        Sys.EventStream.Publish(new Apple());
        Sys.EventStream.Publish(new Pear());
        TestActor.Tell("marker");
        ExpectMsg("marker");
    }

    [Fact]
    public void Dead_letters_are_published()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        Sys.DeadLetters.Tell("lost", ActorRefs.NoSender);
        Assert.Equal("lost", ExpectMsg<DeadLetter>().Message);
    }

    [Fact]
    public void Dead_letters_that_are_expected_can_be_suppressed()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var all = Listen<AllDeadLetters>();
        Sys.DeadLetters.Tell(new Suppressed(), ActorRefs.NoSender);
        Sys.DeadLetters.Tell("lost", ActorRefs.NoSender);
        Assert.Equal("lost", ExpectMsg<DeadLetter>().Message);
        Assert.IsType<Suppressed>(all.ExpectMsg<SuppressedDeadLetter>().Message);
    }

    private interface IRipe;

    private record Fruit;

    private sealed record Apple : Fruit, IRipe;

    private sealed record Pear : Fruit;

    private sealed record Suppressed : IDeadLetterSuppression;
}
