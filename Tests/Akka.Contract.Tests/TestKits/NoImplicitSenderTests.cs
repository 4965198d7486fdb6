using Akka.Actor;
using Akka.TestKit;

namespace Akka.Contract.Tests.TestKits;

public sealed class NoImplicitSenderTests : ContractTest, INoImplicitSender
{
    [Fact]
    public void What_the_test_tells_has_no_sender()
    {
        var test = TestActor;
        Run((_, context) => test.Tell(context.Sender)).Tell("who?");
        Assert.Equal(Sys.DeadLetters, ExpectMsg<IActorRef>());
    }
}
