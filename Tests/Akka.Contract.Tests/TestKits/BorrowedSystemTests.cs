using Akka.Actor;
using Akka.Configuration;

namespace Akka.Contract.Tests.TestKits;

public sealed class BorrowedSystemTests : Akka.TestKit.Xunit2.TestKit
{
    public BorrowedSystemTests()
        : base(ActorSystem.Create("mine", ConfigurationFactory.ParseString("akka.stdout-loglevel = OFF, akka.loglevel = OFF")))
    {
    }

    [Fact]
    public void A_test_can_run_on_a_system_that_was_made_without_it()
    {
        Assert.Equal("mine", Sys.Name);
        Assert.Equal(TimeSpan.FromSeconds(3), TestKitSettings.SingleExpectDefault);
        TestActor.Tell("hello");
        ExpectMsg("hello");
    }
}
