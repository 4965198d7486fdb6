using System.Net;
using System.Net.Sockets;
using Preload.Tests.Support;

namespace Preload.Tests;

public sealed class NonblockingTests
{
    [NeedsTheory]
    [InlineData("not_ready_before_the_reply")]
    [InlineData("with_select")]
    [InlineData("with_level_triggered_epoll")]
    [InlineData("with_edge_triggered_epoll")]
    [InlineData("with_epoll_joined_late")]
    [InlineData("wakes_a_waiting_thread")]
    [InlineData("failures")]
    [InlineData("duplicates")]
    [InlineData("closed_before_the_reply")]
    [InlineData("flags_and_options")]
    [InlineData("forked_meanwhile")]
    [InlineData("many_at_once")]
    [InlineData("children_that_stay")]
    [InlineData("given_up")]
    [InlineData("written_before_the_reply")]
    [InlineData("with_few_descriptors_left")]
    public void A_connect_in_the_background_looks_like_the_systems(string scenario) => Scenario.Passes("nonblocking", scenario);

    [NeedsTheory]
    [InlineData("not_ready_before_the_reply")]
    [InlineData("with_edge_triggered_epoll")]
    [InlineData("failures")]
    [InlineData("duplicates")]
    [InlineData("flags_and_options")]
    public void So_it_does_with_a_gateway_of_the_other_family(string scenario)
    {
        using var gateway = new FakeGateway(ipv6: true);
        Scenario.Passes(gateway, "nonblocking", scenario);
    }

    [NeedsFact]
    public void Without_a_gateway_the_network_is_unreachable()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Scenario.Passes("nonblocking", "gateway_away", ("SOCKS64_GATEWAY", taken.LocalEndPoint!.ToString()!));
    }

    [NeedsFact]
    public void A_silent_gateway_times_out() =>
        Scenario.Passes("nonblocking", "silent_gateway", ("SOCKS64_TIMEOUT", "1"));
}
