using Gateway.Protocol;

namespace SocksLib.Tests;

/// <summary>What is said when there is no other way.</summary>
public class FailureTests
{
    [Theory]
    [InlineData(1, ChainPhase.Connect, Fault.Refuses, ReplyCode.ConnectionRefused, "connect 10.1.0.1:1080: Connection refused")]
    [InlineData(1, ChainPhase.Greeting, Fault.Closes, ReplyCode.GeneralFailure, "closed")]
    [InlineData(1, ChainPhase.Greeting, Fault.Garbage, ReplyCode.GeneralFailure, "wrong version octet")]
    [InlineData(1, ChainPhase.Greeting, Fault.Refuses, ReplyCode.GeneralFailure, "no acceptable authentication method")]
    [InlineData(1, ChainPhase.Authentication, Fault.Closes, ReplyCode.GeneralFailure, "closed")]
    [InlineData(1, ChainPhase.Authentication, Fault.Garbage, ReplyCode.GeneralFailure, "wrong version octet")]
    [InlineData(1, ChainPhase.Authentication, Fault.Refuses, ReplyCode.GeneralFailure, "login refused")]
    [InlineData(1, ChainPhase.Request, Fault.Closes, ReplyCode.GeneralFailure, "closed")]
    [InlineData(1, ChainPhase.Request, Fault.Garbage, ReplyCode.GeneralFailure, "wrong version octet")]
    [InlineData(2, ChainPhase.Connect, Fault.Refuses, ReplyCode.ConnectionRefused, "connection refused")]
    [InlineData(2, ChainPhase.Greeting, Fault.Closes, ReplyCode.GeneralFailure, "closed")]
    [InlineData(2, ChainPhase.Greeting, Fault.Garbage, ReplyCode.GeneralFailure, "wrong version octet")]
    [InlineData(2, ChainPhase.Authentication, Fault.Refuses, ReplyCode.GeneralFailure, "login refused")]
    [InlineData(2, ChainPhase.Request, Fault.Closes, ReplyCode.GeneralFailure, "closed")]
    [InlineData(3, ChainPhase.Connect, Fault.Refuses, ReplyCode.ConnectionRefused, "connection refused")]
    [InlineData(3, ChainPhase.Greeting, Fault.Refuses, ReplyCode.GeneralFailure, "no acceptable authentication method")]
    [InlineData(3, ChainPhase.Authentication, Fault.Garbage, ReplyCode.GeneralFailure, "wrong version octet")]
    [InlineData(3, ChainPhase.Request, Fault.Closes, ReplyCode.GeneralFailure, "closed")]
    [InlineData(3, ChainPhase.Request, Fault.Garbage, ReplyCode.GeneralFailure, "wrong version octet")]
    internal void Chain_reports_the_hop_that_failed(int hop, ChainPhase phase, Fault fault, ReplyCode code, string cause)
    {
        foreach (var segment in new[] { int.MaxValue, 1, 2, 3 })
            foreach (var takesOneFlight in new[] { true, false })
            {
                var lab = new ChainLab { Network = new VirtualNetwork { SegmentSize = segment } };
                foreach (var name in new[] { "a1", "b1", "c1" })
                    lab.Add(name, takesOneFlight, HopLogin.PasswordOnly("u", "p")).Knows = new PasswordRequest("u", "p");
                var broken = lab[$"{"abc"[hop - 1]}1"].Fails(phase, fault);
                lab.Run();

                Assert.Equal(new ChainFailure("lab", hop, broken.Server, phase, code, cause), lab.Failure);
                Assert.DoesNotContain(lab.Arrivals, way => way != "a1 b1 c1");
                Assert.Contains($"{(hop == 1 ? "here" : $"{"abc"[hop - 2]}1")} to {broken.Name}: Failed", lab.Reports);
            }
    }

    [Theory]
    [InlineData("a1", "b1", 2)]
    [InlineData("b1", "c1", 3)]
    public void Chain_reports_the_code_of_the_hop_that_refused(string from, string to, int hop)
    {
        for (var code = ReplyCode.GeneralFailure; code <= ReplyCode.InvalidAddress; code++)
        {
            var lab = new ChainLab().Members("a1", "b1", "c1").Cut(from, to, code).Run();

            Assert.Equal(new ChainFailure("lab", hop, lab[to].Server, ChainPhase.Connect, code, code.Text), lab.Failure);
            Assert.Equal($"{from} to {to}: Failed", lab.Reports.Last());
            Assert.Empty(lab.Arrivals);
        }
    }

    [Fact]
    public void Chain_reports_the_code_of_the_destination()
    {
        for (var code = ReplyCode.GeneralFailure; code <= ReplyCode.InvalidAddress; code++)
        {
            var lab = new ChainLab().Members("a1", "b1");
            lab["b1"].Verdict = code;
            lab.Run();

            Assert.Equal(new ChainFailure("lab", 2, lab["b1"].Server, ChainPhase.Request, code, code.Text) { IsVerdict = true }, lab.Failure);
            Assert.Equal(["here to a1: Alive", "a1 to b1: Alive"], lab.Reports);
        }
    }

    [Fact]
    public void It_reads_as_a_sentence()
    {
        var lab = new ChainLab().Members("a1", "b1").Cut("a1", "b1", ReplyCode.NotAllowed).Run();
        Assert.Equal("chain lab, hop 2 b1 (10.2.0.1:1080), connect: connection not allowed by ruleset", lab.Failure!.ToString());
    }

    [Fact]
    public void A_chain_with_a_hop_that_nobody_can_be_fails_before_anything_is_opened()
    {
        var lab = new ChainLab().Members("a1 a2", "b1").Nobody().Run();

        Assert.Equal(new ChainFailure("lab", 3, null, ChainPhase.Connect, ReplyCode.NetworkUnreachable, "no candidate"), lab.Failure);
        Assert.Empty(lab.Network.Channels);
    }

    [Theory]
    [InlineData("a1", ChainPhase.Connect, 1, ChainPhase.Connect)]
    [InlineData("a1", ChainPhase.Greeting, 1, ChainPhase.Greeting)]
    [InlineData("a1", ChainPhase.Request, 2, ChainPhase.Connect)]
    [InlineData("b1", ChainPhase.Connect, 2, ChainPhase.Connect)]
    [InlineData("b1", ChainPhase.Greeting, 2, ChainPhase.Greeting)]
    [InlineData("b1", ChainPhase.Request, 2, ChainPhase.Request)]
    public void A_silent_chain_fails_when_its_time_is_over(string silent, ChainPhase phase, int hop, ChainPhase reported)
    {
        var lab = new ChainLab { SetupTimeout = 3000 }.Members("a1", "b1");
        lab[silent].Fails(phase, Fault.Silent);
        lab.Run();

        var server = lab[hop == 1 ? "a1" : "b1"].Server;
        Assert.Equal(new ChainFailure("lab", hop, server, reported, ReplyCode.HostUnreachable, "no answer within the chain's 3 s"), lab.Failure);
        Assert.Equal(3000, lab.OverAt);
        Assert.Equal(reported != ChainPhase.Request, lab.Reports.Any(report => report == $"{(hop == 1 ? "here" : "a1")} to {server.Name}: Silent"));
    }

    [Fact]
    public void One_deadline_covers_all_attempts()
    {
        var lab = new ChainLab { SetupTimeout = 1000 }.Members("a1 a2 a3", "b1");
        foreach (var name in new[] { "a1", "a2", "a3" })
            lab[name].Delays(ChainPhase.Greeting, 400).Fails(ChainPhase.Greeting, Fault.Refuses);
        lab.Run();

        Assert.Equal((1000, 3), (lab.OverAt, lab.Setup!.Attempts));
        Assert.Equal("a3", lab.Failure!.Server!.Name);
    }
}
