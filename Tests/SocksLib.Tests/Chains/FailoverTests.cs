using Gateway.Protocol;

namespace SocksLib.Tests;

/// <summary>Which way is tried when one breaks.</summary>
public class FailoverTests
{
    [Fact]
    public void Another_first_hop_is_taken_when_one_cannot_be_reached()
    {
        var lab = new ChainLab().Members("a1 a2 a3", "b1");
        lab["a1"].Fails(ChainPhase.Connect, Fault.Refuses);
        lab["a2"].Fails(ChainPhase.Connect, Fault.Refuses);
        lab.Run();

        Assert.Equal(("a3 b1", 3), (lab.Way, lab.Link!.Attempts));
        Assert.Equal(["here to a1: Failed", "here to a2: Failed", "here to a3: Alive"], lab.Pools[0].Reports);
    }

    [Fact]
    public void A_hop_that_has_gone_before_it_is_greeted_is_replaced()
    {
        var lab = new ChainLab().Members("a1 a2", "b1");
        lab["a1"].Fails(ChainPhase.Connect, Fault.Closes);
        lab.Run();

        Assert.Equal(("a2 b1", 2), (lab.Way, lab.Link!.Attempts));
    }

    [Fact]
    public void A_lost_first_hop_is_found_out_by_trying_the_last_ones()
    {
        // It dies while b1 owes the answer. That b1 failed behind a1 must not count against it behind a2.
        var lab = new ChainLab().Members("a1 a2", "b1 b2");
        lab["b1"].Delays(ChainPhase.Greeting, 500);
        lab.Start();
        lab.Network.RunUntil(() => lab.Network.Milliseconds >= 100);
        lab["a1"].Fails(ChainPhase.Connect, Fault.Refuses);
        lab.Network.Channels[0].Other.Close();
        lab.Finish();

        Assert.Equal(["here to a1: Alive", "here to a1: Failed", "here to a2: Alive"], lab.Pools[0].Reports);
        Assert.Equal(["a1 to b1: Failed", "a2 to b1: Alive"], lab.Pools[1].Reports);
        Assert.Equal("a2 b1", lab.Way);
    }

    [Fact]
    public void Only_the_hop_that_cannot_be_reached_is_replaced()
    {
        var lab = new ChainLab().Members("a1 a2", "b1 b2", "c1 c2").Cut("b1", "c1").Run();

        Assert.Equal(("a1 b1 c2", 2), (lab.Way, lab.Link!.Attempts));
        Assert.Equal(["b1 to c1: Failed", "b1 to c2: Alive"], lab.Pools[2].Reports);
    }

    [Fact]
    public void When_a_hop_reaches_none_of_the_next_it_is_replaced_and_they_are_tried_anew()
    {
        var lab = new ChainLab().Members("a1 a2", "b1 b2", "c1 c2").Cut("b1", "c1").Cut("b1", "c2").Run();

        Assert.Equal(("a1 b2 c1", 3), (lab.Way, lab.Link!.Attempts));
    }

    [Fact]
    public void When_a_hop_breaks_off_the_others_beside_it_are_tried_and_then_the_others_before_it()
    {
        var lab = new ChainLab().Members("a1 a2", "b1 b2", "c1");
        lab["b1"].Fails(ChainPhase.Greeting, Fault.Closes);
        lab["b2"].Fails(ChainPhase.Greeting, Fault.Garbage);
        lab.Run();

        Assert.Equal(
            ["a1 to b1: Failed", "a1 to b2: Failed", "a2 to b1: Failed", "a2 to b2: Failed"],
            lab.Pools[1].Reports);
        Assert.Equal(new ChainFailure("lab", 2, lab["b2"].Server, ChainPhase.Greeting, ReplyCode.GeneralFailure, "wrong version octet"), lab.Failure);
    }

    [Theory]
    [InlineData(ChainPhase.Greeting, Fault.Closes)]
    [InlineData(ChainPhase.Greeting, Fault.Refuses)]
    [InlineData(ChainPhase.Greeting, Fault.Garbage)]
    [InlineData(ChainPhase.Authentication, Fault.Closes)]
    [InlineData(ChainPhase.Authentication, Fault.Refuses)]
    [InlineData(ChainPhase.Authentication, Fault.Garbage)]
    [InlineData(ChainPhase.Request, Fault.Closes)]
    [InlineData(ChainPhase.Request, Fault.Garbage)]
    internal void Each_hop_is_replaced_however_it_breaks(ChainPhase phase, Fault fault)
    {
        foreach (var broken in new[] { "a1", "b1", "c1" })
        {
            var lab = new ChainLab();
            foreach (var name in new[] { "a1", "a2", "b1", "b2", "c1", "c2" })
                lab.Add(name, takesOneFlight: name[0] != 'b', HopLogin.Password("u", "p")).Knows = new PasswordRequest("u", "p");
            lab[broken].Fails(phase, fault);
            lab.Run();

            Assert.Equal(("a1 b1 c1".Replace(broken, $"{broken[0]}2"), 2), (lab.Way, lab.Link!.Attempts));
            Assert.Single(lab.Reports, report => report.EndsWith("Failed", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_the_last_hop_says_of_the_destination_is_final()
    {
        for (var code = ReplyCode.NotAllowed; code <= ReplyCode.InvalidAddress; code++)
        {
            var lab = new ChainLab().Members("a1 a2", "b1 b2");
            lab["b1"].Verdict = code;
            lab.Run();

            Assert.Equal(("b1", code, 1), (lab.Failure!.Server!.Name, lab.Failure.Code, lab.Setup!.Attempts));
        }
    }

    [Fact]
    public void A_last_hop_that_does_not_associate_is_replaced()
    {
        for (var code = ReplyCode.GeneralFailure; code <= ReplyCode.InvalidAddress; code++)
        {
            var lab = new ChainLab { Request = new(SocksCommand.UdpAssociate, RequestFlags.None, SocksEndpoint.Unspecified) }.Members("a1", "b1 b2");
            lab["b1"].Verdict = code;
            lab.Run();

            Assert.Equal("a1 b2", lab.Way);
        }
    }

    [Fact]
    public void A_server_that_the_way_has_passed_is_taken_again_when_nobody_else_is_left()
    {
        Assert.Equal("a1 b1 c1", Circle().Run().Way);

        var lab = Circle();
        lab["c1"].Fails(ChainPhase.Greeting, Fault.Closes);
        Assert.Equal("a1 b1 a1", lab.Run().Way);

        static ChainLab Circle()
        {
            var lab = new ChainLab().Members("a1", "b1").Nobody();
            lab.Pools[2].Add(lab["a1"].Server);
            return lab.Members("c1");
        }
    }

    [Fact]
    public void A_general_failure_of_the_last_hop_is_tried_on_the_other_last_hops()
    {
        var lab = new ChainLab().Members("a1 a2", "b1 b2 b3");
        lab["b1"].Verdict = lab["b2"].Verdict = ReplyCode.GeneralFailure;
        lab.Run();

        Assert.Equal(["a1 b1", "a1 b2", "a1 b3"], lab.Arrivals);
        Assert.Equal("a1 b3", lab.Way);
    }

    [Fact]
    public void A_general_failure_of_all_last_hops_is_not_tried_behind_other_hops()
    {
        var lab = new ChainLab().Members("a1 a2", "b1 b2");
        lab["b1"].Verdict = lab["b2"].Verdict = ReplyCode.GeneralFailure;
        lab.Run();

        Assert.Equal(["a1 b1", "a1 b2"], lab.Arrivals);
        Assert.Equal(new ChainFailure("lab", 2, lab["b2"].Server, ChainPhase.Request, ReplyCode.GeneralFailure, "general SOCKS server failure") { IsVerdict = true }, lab.Failure);
    }

    [Fact]
    public void All_ways_are_tried_and_none_twice()
    {
        var lab = new ChainLab().Members("a1 a2 a3", "b1 b2 b3", "c1 c2 c3");
        foreach (var last in new[] { "c1", "c2", "c3" }) lab[last].Fails(ChainPhase.Request, Fault.Closes);
        lab.Run();

        Assert.Equal(27, lab.Setup!.Attempts);
        Assert.Equal(
            [.. from a in "123" from b in "123" from c in "123" select $"a{a} b{b} c{c}"],
            lab.Arrivals);
    }

    [Fact]
    public void A_candidate_that_is_offered_twice_is_tried_once()
    {
        var lab = new ChainLab().Members("a1 a2");
        lab.Pools[0].Add(lab["a1"].Server);
        lab["a1"].Fails(ChainPhase.Connect, Fault.Refuses);
        lab["a2"].Fails(ChainPhase.Connect, Fault.Refuses);
        lab.Run();

        Assert.Equal(2, lab.Setup!.Attempts);
    }

    [Fact]
    public void A_hop_for_which_there_is_no_next_one_is_passed_over()
    {
        var lab = new ChainLab().Members("a1 a2", "b1");
        lab.Pools[1].Unless("a1");
        lab.Run();

        Assert.Equal(("a2 b1", 1), (lab.Way, lab.Link!.Attempts));
    }

    [Fact]
    public void Failed_attempts_leave_nothing_open_while_the_next_one_runs()
    {
        var lab = new ChainLab().Members("a1", "b1 b2 b3").Cut("a1", "b1").Cut("a1", "b2").Start();
        while (!lab.IsOver)
        {
            Assert.InRange(lab.Network.Open.Count(), 0, 1);
            Assert.True(lab.Network.Step());
        }
        Assert.Equal("a1 b3", lab.Way);
    }
}
