using Preload.Tests.Support;

namespace Preload.Tests;

public sealed class DescriptorTests
{
    [NeedsTheory]
    [InlineData("replaced_by_dup2")]
    [InlineData("everything_closed")]
    [InlineData("closed_as_a_stream")]
    [InlineData("closed_by_a_vfork_child")]
    [InlineData("names_are_inherited")]
    [InlineData("connected_sockets_are_inherited")]
    [InlineData("names_come_from_children")]
    [InlineData("opened_in_signal_handlers")]
    [InlineData("closed_while_connecting")]
    [InlineData("forked_without_fork")]
    [InlineData("kept_over_exec")]
    public void Descriptors_keep_their_meaning(string scenario) => Scenario.Passes("descriptors", scenario);

    [NeedsFact]
    public void What_is_reported_goes_to_no_other_file()
    {
        using var gateway = new FakeGateway(login: "alice:s3cret");
        Scenario.Passes(gateway, "descriptors", "standard_error_is_another_file", ("SOCKS64_USER", "alice"), ("SOCKS64_PASSWORD", "wrong"));
    }
}
