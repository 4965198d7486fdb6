using FsCheck;
using FsCheck.Fluent;
using Gateway.Protocol;
using Microsoft.FSharp.Core;

namespace SocksLib.Tests;

/// <summary>Whatever fails, in whatever order. The seed is fixed, so a failure repeats.</summary>
public class ScriptTests
{
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithMaxTest(400)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(3089, 1929), FSharpOption<int>.None)));

    private static readonly ChainPhase[] Phases = [ChainPhase.Connect, ChainPhase.Greeting, ChainPhase.Authentication, ChainPhase.Request];
    private static readonly Fault[] Loud = [Fault.Closes, Fault.Garbage, Fault.Refuses];

    private static readonly Gen<Script> Scripts =
        from sizes in Gen.Choose(1, 3).NonEmptyListOf().Where(sizes => sizes.Count <= 4)
        let count = sizes.Sum()
        from fates in Gen.Choose(0, 99).ArrayOf(count)
        from kinds in Gen.Choose(0, 3).ArrayOf(count)
        from delays in Gen.Choose(0, 400).ArrayOf(count)
        from cuts in Gen.Choose(0, 99).ArrayOf(count * count)
        from segment in Gen.Elements(3, int.MaxValue)
        from isHedged in Gen.Elements(true, false)
        from trouble in Gen.Elements(20, 50, 80)
        select new Script([.. sizes], fates, kinds, delays, cuts, segment, isHedged, trouble);

    [Fact]
    public void While_a_way_lives_the_chain_stands()
    {
        var (stood, fell, retried) = (0, 0, 0);
        Check((lab, live) =>
        {
            if (live.Count > 0) Assert.Contains(lab.Link is null ? lab.Failure!.ToString() : lab.Way, live);
            else Assert.NotNull(lab.Failure);
            _ = lab.Link is null ? fell++ : lab.Link.Attempts > 1 ? retried++ : stood++;
        });
        // The scripts are of all kinds: else the sentence would say little.
        Assert.All([stood, fell, retried], times => Assert.InRange(times, 40, 400));
    }

    [Fact]
    public void A_chain_is_never_shortened_and_no_request_goes_the_same_way_twice() => Check((lab, _) =>
    {
        Assert.All(lab.Arrivals, way => Assert.Equal(lab.Pools.Count, way.Split(' ').Length));
        Assert.Equal(lab.Arrivals.Distinct(), lab.Arrivals);
        foreach (var (way, request) in lab.Network.Requests)
        {
            var hops = way.Split(' ');
            Assert.Equal(hops.Select((_, hop) => (char)('a' + hop)), hops.Select(name => name[0]));
            if (hops.Length == lab.Pools.Count) Assert.Equal(lab.Request, request);
            else Assert.Contains(lab.Pools[hops.Length].Candidates(null), server => server.Address == request.Destination);
        }
    });

    [Fact]
    public void A_failure_names_a_hop_and_no_one_who_did_nothing_wrong() => Check((lab, _) =>
    {
        if (lab.Failure is not { } failure) return;
        Assert.InRange(failure.Hop, 1, lab.Pools.Count);
        Assert.Equal((char)('a' + failure.Hop - 1), failure.Server!.Name[0]);
        Assert.NotEqual(ReplyCode.Succeeded, failure.Code);
        Assert.Contains(lab.Reports, report => report.EndsWith($" to {failure.Server.Name}: Failed", StringComparison.Ordinal) ||
            report.EndsWith($" to {failure.Server.Name}: Silent", StringComparison.Ordinal));
    });

    private static void Check(Action<ChainLab, IReadOnlySet<string>> holds) => Prop.ForAll(Scripts.ToArbitrary(), script =>
    {
        var lab = script.Play();
        var live = script.Live(lab).ToHashSet();
        lab.Run();
        holds(lab, live);
    }).Check(Repeatable);

    /// <param name="Sizes">Candidates of each hop.</param>
    /// <param name="Fates">Of each server, in percent: who is below <paramref name="Trouble"/> fails.</param>
    /// <param name="Kinds">Of each server: bit 1 for one flight, bit 2 for a login.</param>
    /// <param name="Cuts">Of each pair of servers: who cannot reach whom.</param>
    private sealed record Script(int[] Sizes, int[] Fates, int[] Kinds, int[] Delays, int[] Cuts, int Segment, bool IsHedged, int Trouble)
    {
        private string[] Names => [.. Sizes.SelectMany((size, hop) => Enumerable.Range(1, size).Select(number => $"{(char)('a' + hop)}{number}"))];

        public ChainLab Play()
        {
            var lab = new ChainLab
            {
                Network = new VirtualNetwork { SegmentSize = Segment },
                HedgeAfter = IsHedged ? 250 : null,
                SetupTimeout = 120_000,
            };
            foreach (var (index, name) in Names.Index())
            {
                var hop = lab.Add(name, (Kinds[index] & 1) != 0, (Kinds[index] & 2) != 0 ? HopLogin.PasswordOnly("u", "p") : HopLogin.None);
                if ((Kinds[index] & 2) != 0) hop.Knows = new PasswordRequest("u", "p");
                hop.Delays(ChainPhase.Greeting, Delays[index]);
                if (Fates[index] < Trouble) Break(hop, Fates[index]);
            }
            foreach (var (from, to) in Pairs()) lab.Cut(from, to, ReplyCode.NetworkUnreachable);
            return lab;
        }

        /// <summary>The ways on which everybody does what is asked.</summary>
        public IEnumerable<string> Live(ChainLab lab)
        {
            IEnumerable<string> ways = [""];
            foreach (var letter in Sizes.Select((_, hop) => (char)('a' + hop)))
                ways = [.. from way in ways
                           from name in Names
                           where name[0] == letter && Phases.All(phase => lab[name].Fault(phase) == Fault.None)
                           where way.Length == 0 || !lab[way[^2..]].Unreachable.ContainsKey(lab[name].Address)
                           select way.Length == 0 ? name : $"{way} {name}"];
            return ways;
        }

        /// <summary>Silence costs time, and only where others are tried beside it is there enough of it for any number of silent hops.</summary>
        private void Break(FakeHop hop, int fate)
        {
            var phase = Phases[hop.Knows is null && fate % 4 == 2 ? 1 : fate % 4];
            var fault = IsHedged && fate % 5 == 0 && phase is ChainPhase.Connect or ChainPhase.Greeting ? Fault.Silent : Loud[fate % 3];
            hop.Fails(phase, phase == ChainPhase.Connect && fault != Fault.Silent ? Fault.Refuses
                : phase == ChainPhase.Request && fault == Fault.Refuses ? Fault.Closes : fault);
        }

        private IEnumerable<(string From, string To)> Pairs()
        {
            for (var first = 0; first < Names.Length; first++)
                for (var second = 0; second < Names.Length; second++)
                    if (Names[second][0] == Names[first][0] + 1 && Cuts[first * Names.Length + second] < Trouble / 2)
                        yield return (Names[first], Names[second]);
        }
    }
}
