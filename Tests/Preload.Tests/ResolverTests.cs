using Preload.Tests.Support;

namespace Preload.Tests;

public sealed class ResolverTests
{
    [NeedsTheory]
    [InlineData("the_family_asked_for")]
    [InlineData("hints_are_kept")]
    [InlineData("addresses_stay_themselves")]
    [InlineData("the_older_calls")]
    [InlineData("back_to_names")]
    [InlineData("asked_in_the_background")]
    [InlineData("dns_of_the_c_library")]
    [InlineData("no_other_way_out")]
    [InlineData("groups_are_not_joined")]
    [InlineData("storm")]
    public void Names_become_fake_addresses(string scenario) => Scenario.Passes("resolves", scenario);

    [NeedsFact]
    public void The_table_is_bounded_and_never_sends_an_address_to_the_wrong_name() =>
        Scenario.Passes("resolves", "oldest_unused_is_forgotten", ("SOCKS64_NAMES", "16"));

    [NeedsTheory("getent")]
    [InlineData("ipv4", "198.18.0.1")]
    [InlineData("ipv6", "2001:2::1")]
    public void Ranges_and_the_family_for_any_can_be_chosen(string answer, string expected)
    {
        using var gateway = new FakeGateway();
        var outcome = Execution.Socksified(gateway, "getent", ["ahosts", "one.test"],
            ("SOCKS64_FAKE4", "198.18.0.0/15"), ("SOCKS64_FAKE6", "2001:2::/48"), ("SOCKS64_ANSWER", answer));
        Assert.StartsWith(expected + " ", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(3, outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [NeedsFact("getent")]
    public void Both_families_are_given_on_demand()
    {
        using var gateway = new FakeGateway();
        var outcome = Execution.Socksified(gateway, "getent", ["ahosts", "one.test"], ("SOCKS64_ANSWER", "both"));
        Assert.Contains("0.0.0.1 ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("fd64:736f:636b:7300::1 ", outcome.Output, StringComparison.Ordinal);
    }
}
