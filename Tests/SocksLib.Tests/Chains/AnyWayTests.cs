namespace SocksLib.Tests;

/// <summary>While one way through the chain lives, it is found within the chain's time, whatever the others do.</summary>
public class AnyWayTests
{
    [Fact]
    public void A_slow_hop_that_had_to_make_room_has_another_turn()
    {
        var lab = new ChainLab { HedgeAfter = 250 }.Members("a1 a2 a3 a4", "b1");
        lab["a1"].Delays(ChainPhase.Greeting, 1500);
        foreach (var name in new[] { "a2", "a3", "a4" }) lab[name].Fails(ChainPhase.Greeting, Fault.Silent);
        lab.Run();

        Assert.Equal("a1 b1", lab.Way);
        Assert.InRange(lab.OverAt, 1500, 5000);
    }

    [Fact]
    public void A_hop_that_was_down_is_tried_again_while_another_is_silent()
    {
        var lab = new ChainLab { HedgeAfter = 250 }.Members("a1 a2", "b1");
        lab["a1"].Fails(ChainPhase.Connect, Fault.Refuses);
        lab["a2"].Fails(ChainPhase.Greeting, Fault.Silent);
        lab.Network.After(2000, () => lab["a1"].Fails(ChainPhase.Connect, Fault.None));
        lab.Run();

        Assert.Equal("a1 b1", lab.Way);
        Assert.InRange(lab.OverAt, 2000, 5000);
        Assert.InRange(lab.Link!.Attempts, 3, 7);
    }

    [Fact]
    public void A_later_hop_that_was_down_is_tried_again_while_another_is_silent()
    {
        var lab = new ChainLab { HedgeAfter = 250 }.Members("a1", "b1 b2", "c1");
        lab["b1"].Fails(ChainPhase.Greeting, Fault.Closes);
        lab["b2"].Fails(ChainPhase.Connect, Fault.Silent);
        lab.Network.After(2000, () => lab["b1"].Fails(ChainPhase.Greeting, Fault.None));
        lab.Run();

        Assert.Equal("a1 b1 c1", lab.Way);
        Assert.InRange(lab.OverAt, 2000, 5000);
    }

    [Fact]
    public void Who_becomes_a_candidate_meanwhile_is_tried()
    {
        var lab = new ChainLab { HedgeAfter = 250 }.Members("a1", "b1");
        lab["a1"].Fails(ChainPhase.Greeting, Fault.Silent);
        lab.Network.After(2000, () => lab.Members("a2"));
        lab.Run();

        Assert.Equal("a2 b1", lab.Way);
        Assert.InRange(lab.OverAt, 2000, 2500);
    }

    [Fact]
    public void Who_refused_the_login_is_not_asked_again()
    {
        var lab = new ChainLab { HedgeAfter = 250, SetupTimeout = 5000 }.Members("a1 a2");
        lab["a1"].Fails(ChainPhase.Greeting, Fault.Refuses);
        lab["a2"].Fails(ChainPhase.Greeting, Fault.Silent);
        lab.Run();

        Assert.Equal((5000L, 2), (lab.OverAt, lab.Setup!.Attempts));
    }

    [Fact]
    public void When_all_have_failed_the_chain_fails_at_once()
    {
        var lab = new ChainLab { HedgeAfter = 250 }.Members("a1 a2", "b1");
        foreach (var name in new[] { "a1", "a2" }) lab[name].Fails(ChainPhase.Connect, Fault.Refuses);
        lab.Run();

        Assert.NotNull(lab.Failure);
        Assert.InRange(lab.OverAt, 0, 100);
    }

    [Fact]
    public void A_way_that_lives_is_found_among_any_others()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var lab = Among(new Random(seed)).Run();
            Assert.True(lab.Link is not null, $"seed {seed}: {lab.Failure}; {string.Join(", ", lab.Servers.Select(Describe))}");
        }
    }

    /// <summary>One candidate of each hop lives, and some others; a busy machine makes each of them wait up to a second with an answer.</summary>
    private static ChainLab Among(Random random)
    {
        var lab = new ChainLab { HedgeAfter = 250 };
        for (var (hop, hops) = ('a', random.Next(1, 4)); hop < 'a' + hops; hop++)
        {
            var count = random.Next(1, 5);
            var alive = random.Next(count);
            for (var number = 0; number < count; number++)
            {
                var fake = lab.Add($"{hop}{number + 1}", takesOneFlight: true);
                if (number == alive || random.Next(3) == 0)
                    fake.Delays(ChainPhase.Connect, Delay(random) / 2).Delays(ChainPhase.Greeting, Delay(random)).Delays(ChainPhase.Request, Delay(random));
                else if (random.Next(2) == 0)
                    fake.Fails((ChainPhase)random.Next(2), Fault.Silent);
                else
                    fake.Fails(ChainPhase.Connect, Fault.Refuses);
            }
        }
        return lab;
    }

    private static string Describe(FakeHop hop)
    {
        ChainPhase[] phases = [ChainPhase.Connect, ChainPhase.Greeting, ChainPhase.Request];
        return $"{hop.Name}: {string.Join('/', phases.Select(phase => hop.Fault(phase) is not Fault.None and var fault ? $"{fault}" : $"{hop.Delay(phase)}"))}";
    }

    private static int Delay(Random random) => random.Next(2) == 0 ? 0 : random.Next(1000);
}
