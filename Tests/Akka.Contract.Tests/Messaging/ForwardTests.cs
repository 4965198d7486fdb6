using Akka.Actor;

namespace Akka.Contract.Tests.Messaging;

public sealed class ForwardTests : ContractTest
{
    [Fact]
    public void A_forwarded_message_keeps_its_sender()
    {
        var test = TestActor;
        var target = Run((_, context) => test.Tell(context.Sender));
        var between = Run((message, _) => target.Forward(message));
        var origin = CreateTestProbe();
        origin.Send(between, "hello");
        Assert.Equal(origin.Ref, ExpectMsg<IActorRef>());
    }

    [Fact]
    public async Task A_forwarded_question_is_answered_to_who_asked()
    {
        var target = Run((_, context) => context.Sender.Tell("answer"));
        var between = Run((message, _) => target.Forward(message));
        Assert.Equal("answer", await between.Ask<string>("question", Soon));
    }
}
