using Preload.Tests.Support;

namespace Preload.Tests;

public sealed class ListenTests
{
    [NeedsTheory]
    [InlineData("accepts")]
    [InlineData("readable_when_somebody_calls")]
    [InlineData("ipv6_program")]
    [InlineData("ipv6_caller")]
    [InlineData("bound_and_connected")]
    public void Listeners_stand_at_the_gateway(string scenario) =>
        Scenario.Passes("listens", scenario, ("SOCKS64_BIND", "on"));

    [NeedsFact]
    public void A_listener_expects_the_peer_of_the_connect_before_it()
    {
        using var gateway = new FakeGateway();
        Scenario.Passes(gateway, "listens", "accepts", ("SOCKS64_BIND", "on"));
        Assert.Equal(
            ["Bind 0.0.0.0:0", "Connect caller.test:7", "Bind caller.test:7", "Connect caller.test:7", "Bind caller.test:7"],
            gateway.Requests.Select(request => request.StartsWith("Bind 0.0.0.0", StringComparison.Ordinal) ? "Bind 0.0.0.0:0" : request));
    }
}
