using Preload.Tests.Support;

namespace Preload.Tests;

public sealed class DatagramTests
{
    private static readonly string[] Scenarios =
    [
        "to_names", "to_addresses", "connected_sockets", "messages", "cut_and_peeked", "strangers",
        "received_by_another_thread", "segmentation_is_refused", "with_epoll", "shared_with_a_child",
        "sent_in_signal_handlers", "cancelled", "forked_meanwhile", "addresses_of_the_other_family",
    ];

    public static IEnumerable<object[]> Everywhere =>
        from scenario in Scenarios
        from ipv6 in new[] { false, true }
        // A thread that waits on an IPv4 socket before it is exchanged for an IPv6 one waits on.
        where !(ipv6 && scenario == "received_by_another_thread")
        select new object[] { scenario, ipv6 };

    [NeedsTheory]
    [MemberData(nameof(Everywhere))]
    public void Datagrams_go_by_the_relay(string scenario, bool ipv6)
    {
        using var gateway = new FakeGateway(ipv6);
        Scenario.Passes(gateway, "datagrams", scenario);
        Assert.Contains(gateway.Requests, request => request.StartsWith("Udp ", StringComparison.Ordinal));
    }
}
