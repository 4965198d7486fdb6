using Akka.Actor;
using Testing;

namespace Akka.Contract.Tests.Remoting;

public sealed class TlsTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    private readonly CertificateFile _certificate = new("node");
    private ActorSystem _here = null!, _there = null!;

    public Task InitializeAsync()
    {
        var settings = $$"""
            akka {
              loglevel = OFF, stdout-loglevel = OFF
              actor.provider = remote
              remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0, {{_certificate.Tcp}} }
            }
            """;
        (_here, _there) = (ActorSystem.Create("here", settings), ActorSystem.Create("there", settings));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await Task.WhenAll(_here.Terminate(), _there.Terminate());
        _certificate.Dispose();
    }

    [Fact]
    public void The_address_of_a_system_says_that_it_is_under_TLS() =>
        Assert.Equal(("akka.ssl.tcp", "here", "127.0.0.1"), (AddressOf(_here).Protocol, AddressOf(_here).System, AddressOf(_here).Host));

    [Fact]
    public async Task Systems_talk_to_each_other()
    {
        _there.ActorOf(Scripted.By((message, context) => context.Sender.Tell(message)), "echo");
        var echo = _here.ActorSelection($"{AddressOf(_there)}/user/echo");
        Assert.Equal("hello", await AskUntilAnsweredAsync(echo, "hello"));
    }

    /// <summary>Delivery is at most once: what is told while a link is made may be lost.</summary>
    private static async Task<string> AskUntilAnsweredAsync(ActorSelection actor, string question)
    {
        for (var began = TimeProvider.System.GetTimestamp(); ;)
            try
            {
                return await actor.Ask<string>(question, TimeSpan.FromSeconds(1));
            }
            catch (AskTimeoutException) when (TimeProvider.System.GetElapsedTime(began) < Soon)
            {
            }
    }

    private static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;
}
