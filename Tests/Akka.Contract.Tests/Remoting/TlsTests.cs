using Akka.Actor;
using Testing;

namespace Akka.Contract.Tests.Remoting;

public sealed class TlsTests : ContractTest
{
    private readonly CertificateFile _certificate;
    private readonly ActorSystem _there;

    public TlsTests()
        : this(new CertificateFile("node"))
    {
    }

    private TlsTests(CertificateFile certificate)
        : base($$"""
            akka {
              loglevel = OFF
              actor.provider = remote
              remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0, {{certificate.Tcp}} }
            }
            """)
    {
        _certificate = certificate;
        _there = ActorSystem.Create("there", Sys.Settings.Config);
    }

    protected override void AfterAll()
    {
        Shutdown(_there, Soon);
        _certificate.Dispose();
    }

    [Fact]
    public void The_address_of_a_system_says_that_it_is_under_TLS() =>
        Assert.Equal(("akka.ssl.tcp", "there", "127.0.0.1"), (AddressOf(_there).Protocol, AddressOf(_there).System, AddressOf(_there).Host));

    [Fact]
    public async Task Systems_talk_to_each_other()
    {
        _there.ActorOf(Scripted.By((message, context) => context.Sender.Tell(message)), "echo");
        Assert.Equal("hello", await Sys.ActorSelection($"{AddressOf(_there)}/user/echo").Ask<string>("hello", Soon));
    }

    private static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;
}
