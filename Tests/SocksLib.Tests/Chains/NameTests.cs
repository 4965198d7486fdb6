using Gateway.Protocol;

namespace SocksLib.Tests;

/// <summary>Hops that are known by name.</summary>
public class NameTests
{
    private static readonly IpLiteral First = IpLiteral.Parse("10.2.0.1"), Second = IpLiteral.Parse("10.2.0.2");

    [Fact]
    public void The_first_hop_is_opened_by_name_and_has_an_address_then()
    {
        var lab = new ChainLab();
        lab.Network.Names["a.example"] = [IpLiteral.Parse("10.1.0.1")];
        lab.Add("a1", takesOneFlight: true, address: Name("a.example"));
        lab.Members("b1").Run();

        Assert.Empty(lab.Network.Resolved);
        Assert.Equal(SocksEndpoint.From(lab["a1"].Address), lab.Link!.Hops[0].Server.Address);
    }

    [Fact]
    public void A_hop_behind_is_resolved_here_and_named_to_the_previous_hop_as_a_literal()
    {
        var lab = Named(FamilyWish.Any, First).Run();

        Assert.Equal([("b.example", FamilyWish.Any)], lab.Network.Resolved);
        Assert.Equal(new LiteralEndpoint(First, 1080), lab.Network.Requests[0].Request.Destination.TryGetLiteral(out var literal) ? literal : default);
        Assert.Equal("b1 (10.2.0.1:1080)", lab.Link!.Hops[1].Server.ToString());
        Assert.Equal(1, lab.Link.Attempts);
    }

    [Theory]
    [InlineData(FamilyWish.Ipv4)]
    [InlineData(FamilyWish.PreferIpv6)]
    public void Its_families_are_asked_for(FamilyWish over)
    {
        var lab = Named(over, First).Run();
        Assert.Equal(over, lab.Network.Resolved.Single().Over);
    }

    [Fact]
    public void Each_of_its_addresses_is_a_candidate()
    {
        var lab = Named(FamilyWish.Any, IpLiteral.Parse("2001:db8::dead"), First);
        lab["a1"].Unreachable[new LiteralEndpoint(IpLiteral.Parse("2001:db8::dead"), 1080)] = ReplyCode.NetworkUnreachable;
        lab.Run();

        Assert.Equal(("a1 b1", 2), (lab.Way, lab.Link!.Attempts));
        Assert.Single(lab.Network.Resolved);
        Assert.Equal(["a1 to b1: Failed", "a1 to b1: Alive"], lab.Pools[1].Reports);
    }

    [Fact]
    public void The_pools_hear_of_it_by_the_name_that_they_know()
    {
        var lab = Named(FamilyWish.Any, First);
        lab.Members("c1").Run();

        Assert.Equal([lab["b1"].Server], lab.Pools[1].Heard);
        Assert.Equal([lab["b1"].Server], lab.Pools[2].Asked);
    }

    [Fact]
    public void Its_addresses_come_before_the_next_candidate()
    {
        var lab = Named(FamilyWish.Any, IpLiteral.Parse("10.2.0.9"), First);
        lab.Members("b2");
        lab["a1"].Unreachable[new LiteralEndpoint(IpLiteral.Parse("10.2.0.9"), 1080)] = ReplyCode.HostUnreachable;
        lab.Run();

        Assert.Equal("b1 (10.2.0.1:1080)", lab.Link!.Hops[1].Server.ToString());
    }

    [Fact]
    public void One_without_an_address_is_passed_over()
    {
        var lab = Named(FamilyWish.Ipv6, First);
        lab.Members("b2").Run();

        Assert.Equal(("a1 b2", 1), (lab.Way, lab.Link!.Attempts));
        Assert.DoesNotContain("a1 to b1: Failed", lab.Reports);
    }

    [Fact]
    public void A_chain_that_has_only_one_without_an_address_fails_and_says_so()
    {
        var lab = Named(FamilyWish.Any).Run();

        Assert.Equal(
            new ChainFailure("lab", 2, lab["b1"].Server, ChainPhase.Connect, ReplyCode.HostUnreachable, "the name has no address"), lab.Failure);
        Assert.Empty(lab.Network.Channels);
    }

    [Fact]
    public void A_name_that_takes_too_long_is_hedged_like_a_silent_hop()
    {
        var lab = new ChainLab { HedgeAfter = 250, Network = new VirtualNetwork { ResolveDelay = 5000 } };
        lab.Network.Names["b.example"] = [First];
        lab.Members("a1").Add("b1", takesOneFlight: true, address: Name("b.example"));
        lab.Members("b2").Run();

        Assert.Equal("a1 b2", lab.Way);
        Assert.Equal(["a1 to b2: Alive"], lab.Pools[1].Reports);
    }

    [Fact]
    public void Names_one_behind_the_other_are_all_resolved()
    {
        var lab = new ChainLab();
        lab.Members("a1");
        lab.Network.Names["b.example"] = [First];
        lab.Network.Names["c.example"] = [IpLiteral.Parse("10.3.0.1")];
        lab.Add("b1", takesOneFlight: true, address: Name("b.example"));
        lab.Add("c1", takesOneFlight: false, address: Name("c.example"));
        lab.Run();

        Assert.Equal("a1 b1 c1", lab.Way);
        Assert.Equal(2, lab.Network.Resolved.Count);
        Assert.Single(lab.Network.Channels);
    }

    [Fact]
    public void A_name_for_an_address_that_is_a_candidate_already_adds_nothing()
    {
        var lab = new ChainLab().Members("a1", "b1");
        lab.Network.Names["b.example"] = [First];
        lab.Pools[1].Add(lab["b1"].Server with { Address = Name("b.example") });
        lab["b1"].Fails(ChainPhase.Greeting, Fault.Closes);
        lab.Run();

        Assert.Equal((1, "closed"), (lab.Setup!.Attempts, lab.Failure!.Cause));
    }

    [Fact]
    public void A_resolved_name_in_front_of_a_hop_that_nobody_can_be_fails()
    {
        var lab = Named(FamilyWish.Any, First, Second).Nobody().Run();
        Assert.Equal((3, "no candidate"), (lab.Failure!.Hop, lab.Failure.Cause));
    }

    private static ChainLab Named(FamilyWish over, params IpLiteral[] addresses)
    {
        var lab = new ChainLab().Members("a1");
        lab.Network.Names["b.example"] = addresses;
        lab.Add("b1", takesOneFlight: true, address: Name("b.example"), over: over);
        return lab;
    }

    private static SocksEndpoint Name(string name) => new(SocksAddress.FromName(name), 1080);
}
