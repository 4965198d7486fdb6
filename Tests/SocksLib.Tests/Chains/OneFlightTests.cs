using Gateway.Protocol;

namespace SocksLib.Tests;

/// <summary>What leaves before an answer is needed.</summary>
public class OneFlightTests
{
    private const string NoLogin = "050100";
    private const string ToExample = "050100030B6578616D706C652E636F6D0050";

    [Fact]
    public void A_chain_of_members_leaves_in_one_flight()
    {
        var lab = new ChainLab().Members("a1", "b1", "c1").Run();

        Assert.Equal(NoLogin + ToHop("0A020001") + NoLogin + ToHop("0A030001") + NoLogin + ToExample, FirstFlight(lab));
        Assert.Single(lab.Network.Channels.Single().Sent);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void A_chain_of_members_takes_one_round_trip_behind_the_connects(int hops)
    {
        var lab = new ChainLab().Members(Names(hops)).Run();

        // Each leg's TCP handshake, and octets over all legs, there and back, once. Step by step it would be one more for each message.
        var trip = 2 * hops * lab.Network.Latency;
        Assert.Equal(trip + trip, lab.OverAt);
        Assert.Equal(1, lab.Link!.Attempts);
    }

    [Fact]
    public void Each_member_gets_its_login_in_the_same_flight()
    {
        var lab = new ChainLab();
        lab.Add("a1", takesOneFlight: true, HopLogin.PasswordOnly("u", "p")).Knows = new PasswordRequest("u", "p");
        lab.Add("b1", takesOneFlight: true, HopLogin.PasswordOnly("v", "q")).Knows = new PasswordRequest("v", "q");
        lab.Run();

        Assert.Equal("050102" + "0101750170" + ToHop("0A020001") + "050102" + "0101760171" + ToExample, FirstFlight(lab));
        Assert.Equal("a1 b1", lab.Way);
    }

    [Fact]
    public void A_stranger_is_spoken_to_step_by_step()
    {
        var lab = new ChainLab().Strangers("a1", "b1").Run();

        Assert.Equal([NoLogin, ToHop("0A020001"), NoLogin, ToExample], Flights(lab));
    }

    [Fact]
    public void A_stranger_behind_a_member_gets_its_greeting_in_the_members_flight_and_no_more()
    {
        var lab = new ChainLab().Members("a1").Strangers("b1").Run();

        Assert.Equal([NoLogin + ToHop("0A020001") + NoLogin, ToExample], Flights(lab));
    }

    [Fact]
    public void A_member_behind_a_stranger_gets_all_at_once_when_the_stranger_has_connected()
    {
        var lab = new ChainLab().Strangers("a1").Members("b1", "c1").Run();

        Assert.Equal([NoLogin, ToHop("0A020001"), NoLogin + ToHop("0A030001") + NoLogin + ToExample], Flights(lab));
    }

    [Fact]
    public void A_member_that_may_choose_the_method_is_waited_for_once()
    {
        var lab = new ChainLab();
        lab.Add("a1", takesOneFlight: true, HopLogin.Password("u", "p")).Knows = new PasswordRequest("u", "p");
        lab.Members("b1").Run();

        Assert.Equal(["05020002", "0101750170" + ToHop("0A020001") + NoLogin + ToExample], Flights(lab));
    }

    [Fact]
    public void Members_and_strangers_mix_in_every_order()
    {
        for (var kinds = 0; kinds < 64; kinds++)
        {
            var lab = new ChainLab();
            for (var hop = 0; hop < 6; hop++)
                lab.Add($"{(char)('a' + hop)}1", takesOneFlight: (kinds >> hop & 1) != 0);
            lab.Run();
            Assert.Equal("a1 b1 c1 d1 e1 f1", lab.Way);
            Assert.Equal(["a1 b1 c1 d1 e1 f1"], lab.Arrivals);
        }
    }

    [Fact]
    public void A_chain_longer_than_a_buffer_still_leaves_before_an_answer()
    {
        var lab = new ChainLab();
        var login = HopLogin.PasswordOnly(new string('u', 255), new string('p', 255));
        for (var hop = 0; hop < 12; hop++)
            lab.Add($"{(char)('a' + hop)}1", takesOneFlight: true, login).Knows = login.Authenticate(lab.Request);
        lab.Run();

        Assert.Equal(12 * (3 + 513) + 11 * 10 + ToExample.Length / 2, FirstFlight(lab).Length / 2);
    }

    private static string[] Names(int hops) => [.. Enumerable.Range(0, hops).Select(hop => $"{(char)('a' + hop)}1")];

    private static string ToHop(string address) => "05010001" + address + "0438";

    private static string[] Flights(ChainLab lab) =>
        [.. lab.Network.Channels.Single().Sent.GroupBy(sent => sent.At).Select(flight => Hex(flight.SelectMany(sent => sent.Octets)))];

    private static string FirstFlight(ChainLab lab) => Flights(lab).Single();

    private static string Hex(IEnumerable<byte> octets) => Convert.ToHexString([.. octets]);
}
