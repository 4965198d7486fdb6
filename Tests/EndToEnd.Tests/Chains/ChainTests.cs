using System.Text.RegularExpressions;
using Socks64Actors.EndToEnd.Tests.Lab;
using Testing;

namespace Socks64Actors.EndToEnd.Tests.Chains;

/// <summary>IPv4 → IPv6 → IPv4 → IPv6, through our own gateways and through those of other makes (RFC 3089 §4.3: multiple chained relay).</summary>
[Collection(ChainLabCollection.Name)]
public sealed partial class ChainTests(ChainLab lab)
{
    private const string Page = "hello from destination over IPv6, asked by fd65:0:0:4::1\n";

    [LabFact("python3", "curl", "tcpdump")]
    public async Task Every_link_carries_its_own_family_and_no_name_is_asked_for_before_the_last_hop()
    {
        var captures = lab.Links.Select(link => (link.Family, Capture: PacketCapture.Start(link.Host, link.Device))).ToList();
        try
        {
            Assert.Equal(Page, Curl(ChainLab.Doors[("socks64", "socks64")], ChainLab.FreshName));

            var last = captures[^1].Capture;
            await Eventually.Holds(
                () => captures.All(link => link.Capture.Packets.Any(IsEnd)) && last.Packets.Any(IsQuery),
                () => $"on the last link:\n{string.Join('\n', last.Packets)}");
            foreach (var (family, capture) in captures)
                Assert.All(capture.Packets, packet => Assert.Matches(family == "ipv4" ? "^(IP|ARP,) " : "^IP6 ", packet));
            Assert.All(captures.SkipLast(1), link => Assert.DoesNotContain(link.Capture.Packets, IsQuery));
        }
        finally
        {
            foreach (var (_, capture) in captures)
                capture.Dispose();
        }
    }

    [LabTheory("python3", "curl", "danted", "microsocks", "ssh", "sshd", "ssh-keygen")]
    [InlineData("dante", "microsocks"), InlineData("microsocks", "ssh"), InlineData("ssh", "dante"), InlineData("dante", "dante")]
    [InlineData("socks64", "dante"), InlineData("dante", "socks64")]
    public void Servers_of_other_makes_are_hops(string second, string third) => Assert.Equal(Page, Curl(ChainLab.Doors[(second, third)]));

    [LabFact("python3", "curl")]
    public void A_dozen_hops_are_a_chain_like_two() => Assert.Equal(Page, Curl(ChainLab.LongDoor));

    [LabFact("python3")]
    public void The_last_hop_answers_ADDRESS_ASSOCIATE()
    {
        var door = $"{ChainLab.Entry}:{ChainLab.Doors[("socks64", "socks64")]}";
        var answer = lab.Client.Run(GatewayBinary.Path, ["resolve", "-6", "-g", door, ChainLab.Name]);
        Assert.True(answer.ExitCode == 0, $"{answer.Error}\n{lab.Log()}");
        Assert.Equal($"{ChainLab.Address}\n", answer.Output);
    }

    private string Curl(int door, string name = ChainLab.Name)
    {
        string[] arguments = ["-sS", "--max-time", "90", "--socks5-hostname", $"{ChainLab.Entry}:{door}", $"http://{name}/"];
        var page = lab.Client.Run("curl", arguments, limit: TimeSpan.FromSeconds(100));
        Assert.True(page.ExitCode == 0, $"{page.Error}\n{lab.Log()}");
        return page.Output;
    }

    /// <summary>tcpdump tells late what it saw, but in order.</summary>
    private static bool IsEnd(string packet) => packet.Contains("Flags [F", StringComparison.Ordinal);

    private static bool IsQuery(string packet) => Query().IsMatch(packet);

    [GeneratedRegex(@"\.53(:| >)")]
    private static partial Regex Query();
}
