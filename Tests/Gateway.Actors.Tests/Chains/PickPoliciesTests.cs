using Gateway.Actors.Chains;
using Gateway.Actors.Settings;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.Chains;

public class PickPoliciesTests
{
    private static readonly PickCandidate[] Three = [new("a"), new("b"), new("c")];

    private static string Order(PickPolicy policy, PickCandidate[] candidates, uint turn = 0, string client = "192.0.2.1", int seed = 1) =>
        string.Concat(PickPolicies.Order(policy, candidates, new PickTerms(turn, IpLiteral.Parse(client), new Random(seed))).Select(place => candidates[place].Name));

    [Fact]
    public void In_order_is_the_order_of_the_settings() => Assert.Equal("abc", Order(PickPolicy.InOrder, Three, turn: 7));

    [Fact]
    public void Round_robin_begins_one_further_each_turn() =>
        Assert.Equal(["abc", "bca", "cab", "abc"], Enumerable.Range(0, 4).Select(turn => Order(PickPolicy.RoundRobin, Three, (uint)turn)));

    [Fact]
    public void Round_robin_survives_the_end_of_its_counter() => Assert.Equal("abc", Order(PickPolicy.RoundRobin, Three, uint.MaxValue));

    [Fact]
    public void Random_gives_each_its_share_of_first_places()
    {
        var random = new Random(7);
        var firsts = Enumerable.Range(0, 3000).GroupBy(_ => PickPolicies.Order(PickPolicy.Random, Three, new PickTerms(0, default, random))[0]);
        Assert.All(firsts, first => Assert.InRange(first.Count(), 800, 1200));
        Assert.Equal(3, firsts.Count());
    }

    [Fact]
    public void Least_sessions_prefers_the_idle_and_takes_equals_in_turn()
    {
        PickCandidate[] loaded = [new("a", 5), new("b", 1), new("c", 1)];
        Assert.Equal(["bca", "bca", "cba"], Enumerable.Range(0, 3).Select(turn => Order(PickPolicy.LeastSessions, loaded, (uint)turn)));
    }

    [Fact]
    public void Lowest_latency_prefers_the_near_and_measures_the_unknown_first()
    {
        PickCandidate[] measured = [new("a", Latency: TimeSpan.FromMilliseconds(30)), new("b", Latency: TimeSpan.FromMilliseconds(9)), new("c")];
        Assert.Equal("cba", Order(PickPolicy.LowestLatency, measured));
    }

    [Fact]
    public void Hash_client_keeps_a_client_at_its_server_while_others_leave()
    {
        foreach (var client in Enumerable.Range(1, 100).Select(host => $"192.0.2.{host}"))
        {
            var all = Order(PickPolicy.HashClient, Three, client: client);
            var without = Order(PickPolicy.HashClient, [.. Three.Where(candidate => candidate.Name[0] != all[2])], client: client);
            Assert.Equal(all[..2], without);
        }
    }

    [Fact]
    public void Hash_client_spreads_clients_evenly()
    {
        var shares = Enumerable.Range(0, 3000).GroupBy(host => Order(PickPolicy.HashClient, Three, client: $"10.0.{host / 250}.{host % 250}")[0]);
        Assert.All(shares, share => Assert.InRange(share.Count(), 850, 1150));
    }

    /// <summary>The nodes of a cluster choose alike, whatever process and version they are.</summary>
    [Fact]
    public void Hash_client_is_the_same_everywhere() =>
        Assert.Equal(["abc", "bac", "abc"], new[] { "192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1" }.Select(client => Order(PickPolicy.HashClient, Three, client: client)));

    [Theory]
    [InlineData(PickPolicy.RoundRobin)]
    [InlineData(PickPolicy.Random)]
    [InlineData(PickPolicy.LeastSessions)]
    [InlineData(PickPolicy.LowestLatency)]
    [InlineData(PickPolicy.HashClient)]
    [InlineData(PickPolicy.InOrder)]
    public void Every_policy_orders_none_and_one(PickPolicy policy)
    {
        Assert.Equal("", Order(policy, []));
        Assert.Equal("a", Order(policy, [new("a")]));
    }
}
