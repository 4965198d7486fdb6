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
    public void Descriptors_keep_their_meaning(string scenario) => Scenario.Passes("descriptors", scenario);
}
