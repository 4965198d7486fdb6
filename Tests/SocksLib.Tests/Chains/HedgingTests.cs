using Gateway.Protocol;

namespace SocksLib.Tests;

/// <summary>What is done about a hop that says nothing.</summary>
public class HedgingTests
{
    [Theory]
    [InlineData("a1", ChainPhase.Connect, "a2 b1 c1")]
    [InlineData("a1", ChainPhase.Greeting, "a2 b1 c1")]
    [InlineData("a1", ChainPhase.Request, "a2 b1 c1")]
    [InlineData("b1", ChainPhase.Connect, "a1 b2 c1")]
    [InlineData("b1", ChainPhase.Greeting, "a1 b2 c1")]
    [InlineData("c1", ChainPhase.Connect, "a1 b1 c2")]
    [InlineData("c1", ChainPhase.Greeting, "a1 b1 c2")]
    public void Another_candidate_is_tried_beside_a_silent_one(string silent, ChainPhase phase, string way)
    {
        var lab = Silent(new ChainLab { HedgeAfter = 250 }.Members("a1 a2", "b1 b2", "c1 c2"), silent, phase);
        lab.Run();

        Assert.Equal(way, lab.Way);
        Assert.InRange(lab.OverAt, 250, 1000);
    }

    [Fact]
    public void The_one_that_stayed_silent_is_reported_once()
    {
        var lab = Silent(new ChainLab { HedgeAfter = 250 }.Members("a1 a2", "b1"), "a1", ChainPhase.Greeting).Run();

        Assert.Equal(["here to a2: Alive", "here to a1: Silent"], lab.Pools[0].Reports);
    }

    [Fact]
    public void One_that_answers_in_time_is_waited_for()
    {
        var lab = new ChainLab { HedgeAfter = 250 }.Members("a1 a2", "b1 b2");
        lab["a1"].Delays(ChainPhase.Connect, 200).Delays(ChainPhase.Greeting, 200);
        lab["b1"].Delays(ChainPhase.Connect, 180).Delays(ChainPhase.Greeting, 200);
        lab.Run();

        Assert.Equal(("a1 b1", 1), (lab.Way, lab.Link!.Attempts));
    }

    [Fact]
    public void The_first_way_that_stands_is_taken_and_the_others_are_aborted()
    {
        var lab = new ChainLab { HedgeAfter = 250 }.Members("a1 a2", "b1");
        lab["a1"].Delays(ChainPhase.Greeting, 270);
        lab["a2"].Delays(ChainPhase.Request, 500);
        lab.Run();

        Assert.Equal(("a1 b1", 2), (lab.Way, lab.Link!.Attempts));
        Assert.Equal(2, lab.Network.Channels.Count);
        Assert.Equal(["a1 b1"], lab.Arrivals);
    }

    [Fact]
    public void Three_ways_are_tried_at_once_and_no_more()
    {
        var lab = new ChainLab { HedgeAfter = 250, SetupTimeout = 1400 }.Members("a1 a2 a3 a4 a5");
        foreach (var name in new[] { "a1", "a2", "a3", "a4", "a5" }) lab[name].Fails(ChainPhase.Greeting, Fault.Silent);
        lab.Start();
        while (!lab.IsOver)
        {
            Assert.InRange(lab.Network.Open.Count(), 0, ChainSetup.MostAtOnce);
            Assert.True(lab.Network.Step());
        }

        Assert.Equal((5, 1400), (lab.Setup!.Attempts, lab.OverAt));
        Assert.Empty(lab.Network.Open);
        Assert.Equal(["a1", "a2", "a3", "a4", "a5"], lab.Reports.Select(report => report.Split(' ', ':') is [_, _, var name, "", "Silent"] ? name : report));
    }

    [Fact]
    public void Three_silent_hops_do_not_hide_a_fourth_that_lives()
    {
        var lab = new ChainLab { HedgeAfter = 250 }.Members("a1 a2 a3 a4", "b1");
        foreach (var name in new[] { "a1", "a2", "a3" }) lab[name].Fails(ChainPhase.Greeting, Fault.Silent);
        lab.Run();

        Assert.Equal(("a4 b1", 4), (lab.Way, lab.Link!.Attempts));
        Assert.InRange(lab.OverAt, 1000, 1250);
    }

    [Fact]
    public void Silent_hops_are_waited_for_to_the_end_when_there_is_nobody_else()
    {
        var lab = new ChainLab { HedgeAfter = 250 }.Members("a1 a2 a3", "b1");
        lab["a1"].Fails(ChainPhase.Greeting, Fault.Silent);
        lab["a2"].Delays(ChainPhase.Greeting, 14_000);
        lab["a3"].Fails(ChainPhase.Greeting, Fault.Silent);
        lab.Run();

        Assert.Equal("a2 b1", lab.Way);
    }

    [Theory]
    [InlineData(SocksCommand.Connect)]
    [InlineData(SocksCommand.Bind)]
    public void Where_nothing_is_tried_beside_it_a_silent_hop_is_replaced_after_a_third_of_the_time(SocksCommand command)
    {
        var request = new SocksRequest(command, RequestFlags.None, new SocksEndpoint(SocksAddress.FromName("example.com"), 21));
        var lab = new ChainLab { HedgeAfter = command == SocksCommand.Bind ? 250 : null, SetupTimeout = 3000, Request = request };
        Silent(lab.Members("a1 a2", "b1"), "a1", ChainPhase.Greeting).Start();
        while (!lab.IsOver)
        {
            Assert.InRange(lab.Network.Open.Count(), 0, 1);
            Assert.True(lab.Network.Step());
        }

        Assert.Equal("a2 b1", lab.Way);
        Assert.InRange(lab.OverAt, 1000, 1500);
        Assert.Equal(["here to a1: Silent", "here to a2: Alive"], lab.Pools[0].Reports);
    }

    [Theory]
    [InlineData("b1", "a1 b2")]
    [InlineData("a1", "a2 b1")]
    public void A_hop_that_answered_and_then_died_is_passed_when_news_of_it_has_come(string dead, string way)
    {
        var lab = Silent(new ChainLab { HedgeAfter = 250 }.Members("a1 a2", "b1 b2"), "b1", ChainPhase.Request);
        lab.Network.After(2000, () =>
        {
            lab["b1"].Fails(ChainPhase.Request, Fault.None);
            lab.Pools[dead[0] - 'a'].Doubt(dead);
        });
        lab.Run();

        Assert.Equal((way, 2), (lab.Way, lab.Link!.Attempts));
        Assert.InRange(lab.OverAt, 2000, 2500);
    }

    [Fact]
    public void A_hop_that_died_over_a_login_is_passed_when_news_of_it_has_come()
    {
        var lab = new ChainLab { HedgeAfter = 250 };
        lab.Add("a1", takesOneFlight: true, HopLogin.Password("me", "secret")).Knows = new PasswordRequest("me", "secret");
        Silent(lab.Members("a2"), "a1", ChainPhase.Authentication);
        lab.Network.After(2000, () => lab.Pools[0].Doubt("a1"));
        lab.Run();

        Assert.Equal("a2", lab.Way);
        Assert.InRange(lab.OverAt, 2000, 2500);
    }

    [Fact]
    public void Where_nothing_is_tried_beside_it_a_hop_that_died_is_replaced_when_news_of_it_has_come()
    {
        var lab = Silent(new ChainLab { SetupTimeout = 3000 }.Members("a1", "b1 b2"), "b1", ChainPhase.Request).Start();
        lab.Pools[1].Doubt("b1");
        while (!lab.IsOver)
        {
            Assert.InRange(lab.Network.Open.Count(), 0, 1);
            Assert.True(lab.Network.Step());
        }

        Assert.Equal("a1 b2", lab.Way);
    }

    [Fact]
    public void A_hop_of_ill_repute_that_is_the_only_one_is_waited_for()
    {
        var lab = new ChainLab { HedgeAfter = 250 }.Members("a1", "b1");
        lab["b1"].Delays(ChainPhase.Request, 5000);
        lab.Start().Pools[1].Doubt("b1");
        lab.Finish();

        Assert.Equal(("a1 b1", 1), (lab.Way, lab.Link!.Attempts));
    }

    [Fact]
    public void One_that_fails_beside_a_silent_one_is_replaced()
    {
        var lab = Silent(new ChainLab { HedgeAfter = 250 }.Members("a1 a2 a3 a4", "b1"), "a1", ChainPhase.Connect);
        foreach (var name in new[] { "a2", "a3" }) lab[name].Fails(ChainPhase.Greeting, Fault.Closes);
        lab.Run();

        Assert.Equal(("a4 b1", 4), (lab.Way, lab.Link!.Attempts));
    }

    [Fact]
    public void Nothing_goes_through_a_silent_hop_while_it_is_silent()
    {
        var lab = new ChainLab { HedgeAfter = 250 }.Members("a1 a2 a3", "b1 b2").Cut("a2", "b1").Cut("a2", "b2");
        Silent(lab, "a1", ChainPhase.Greeting).Run();

        Assert.Equal("a3 b1", lab.Way);
        Assert.Equal(1, lab.Network.Channels.Count(channel => channel.Peer == lab["a1"].Address));
    }

    [Fact]
    public void A_silent_hop_that_answers_at_last_goes_on_when_all_others_have_failed()
    {
        var lab = new ChainLab { HedgeAfter = 250 }.Members("a1 a2", "b1 b2").Cut("a2", "b1").Cut("a2", "b2").Cut("a1", "b1");
        lab["a1"].Delays(ChainPhase.Greeting, 2000);
        lab.Run();

        Assert.Equal("a1 b2", lab.Way);
        Assert.Contains("here to a1: Silent", lab.Reports);
        Assert.Contains("here to a1: Alive", lab.Reports);
    }

    [Fact]
    public void What_a_hedge_hears_of_the_destination_is_final()
    {
        var lab = Silent(new ChainLab { HedgeAfter = 250 }.Members("a1 a2", "b1"), "a1", ChainPhase.Greeting);
        lab["b1"].Verdict = ReplyCode.ConnectionRefused;
        lab.Run();

        Assert.Equal((2, ChainPhase.Request, ReplyCode.ConnectionRefused), (lab.Failure!.Hop, lab.Failure.Phase, lab.Failure.Code));
    }

    [Fact]
    public void A_destination_that_takes_its_time_is_not_a_silent_hop()
    {
        var lab = new ChainLab { HedgeAfter = 250 }.Members("a1 a2", "b1 b2");
        lab["b1"].Delays(ChainPhase.Request, 5000);
        lab.Run();

        Assert.Equal(("a1 b1", 1), (lab.Way, lab.Link!.Attempts));
    }

    [Theory]
    [InlineData(SocksCommand.Bind)]
    [InlineData(SocksCommand.BindWithId)]
    public void Nothing_is_tried_beside_a_bind(SocksCommand command)
    {
        var request = new SocksRequest(command, RequestFlags.None, new SocksEndpoint(SocksAddress.FromName("example.com"), 21));
        var lab = new ChainLab { HedgeAfter = 250, Request = request }.Members("a1 a2", "b1");
        lab["a1"].Delays(ChainPhase.Greeting, 2000);
        lab.Run();

        Assert.Equal(("a1 b1", 1), (lab.Way, lab.Link!.Attempts));
    }

    [Fact]
    public void Without_hedging_a_silent_hop_is_waited_for()
    {
        var lab = new ChainLab().Members("a1 a2", "b1");
        lab["a1"].Delays(ChainPhase.Greeting, 2000);
        lab.Run();

        Assert.Equal(("a1 b1", 1), (lab.Way, lab.Link!.Attempts));
    }

    private static ChainLab Silent(ChainLab lab, string name, ChainPhase phase)
    {
        lab[name].Fails(phase, Fault.Silent);
        return lab;
    }
}
