using Gateway.Actors.Members;

namespace Gateway.Actors.Tests.Members;

public class RosterTests
{
    private const string Self = "akka.tcp://socks64@127.0.0.5:4053";

    private static readonly MemberAnnouncement R1 = Announcements.Of("r1", 1, "relay");
    private static readonly MemberAnnouncement R9 = Announcements.Of("r9", 9, "relay");
    private static readonly MemberTiming Timing = new() { GiveUpAfter = TimeSpan.FromSeconds(60) };

    private readonly Roster _roster = new(Timing, [Self, R1.Incarnation.Address]);

    public RosterTests() => _roster.Rebirth(Self);

    [Fact]
    public void Who_greets_is_there_at_once_whatever_the_cluster_thinks()
    {
        Assert.True(Hear(R9, at: 10));
        Assert.Equal([("r9", true)], Members(at: 10));
        Assert.False(Hear(R9, at: 11));
    }

    [Fact]
    public void A_restarted_member_is_news_again()
    {
        Hear(R9, at: 10);
        Assert.True(Hear(Reborn(R9), at: 11));
        Assert.Equal([("r9", true)], Members(at: 11));
    }

    [Fact]
    public void Silence_makes_unreachable_and_a_greeting_reachable_again()
    {
        Hear(R9, at: 10);
        Assert.Equal([("r9", true)], Members(at: 14));
        Assert.Equal([("r9", false)], Members(at: 14.1));
        Hear(R9, at: 20);
        Assert.Equal([("r9", true)], Members(at: 20));
    }

    [Fact]
    public void What_the_cluster_cannot_reach_is_unreachable_until_it_is_heard()
    {
        Hear(R9, at: 10);
        _roster.Count(R9.Incarnation);
        _roster.Suspect(Reborn(R9).Incarnation);
        Assert.Equal([("r9", true)], Members(at: 10));
        _roster.Suspect(R9.Incarnation);
        Assert.Equal([("r9", false)], Members(at: 10));
        Hear(R9, at: 11);
        Assert.Equal([("r9", true)], Members(at: 11));
    }

    [Fact]
    public void Who_is_gone_for_good_disappears()
    {
        Hear(R9, at: 10);
        Assert.Single(Members(at: 70));
        Assert.Empty(Members(at: 70.1));
    }

    [Fact]
    public void Who_was_given_up_disappears_at_once_and_whoever_still_serves_does_not()
    {
        Hear(R1, at: 10);
        Hear(R9, at: 30);
        _roster.Count(R1.Incarnation);
        _roster.Count(R9.Incarnation);

        _roster.Uncount(R1.Incarnation, wasGivenUp: true, Seconds(31));
        _roster.Uncount(R9.Incarnation, wasGivenUp: false, Seconds(31));

        Assert.Equal([("r9", true)], Members(at: 31));
    }

    [Fact]
    public void The_end_of_a_life_takes_nothing_from_the_next_one_at_its_address()
    {
        Hear(R9, at: 10);
        _roster.Count(R9.Incarnation);
        Hear(Reborn(R9), at: 11);
        _roster.Suspect(R9.Incarnation);
        Assert.Equal([("r9", true)], Members(at: 11));
        _roster.Uncount(R9.Incarnation, wasGivenUp: true, Seconds(20));
        Assert.Equal([("r9", false)], Members(at: 20));
    }

    [Fact]
    public void Who_left_without_a_farewell_is_missed_and_not_gone()
    {
        Hear(R9, at: 10);
        _roster.Count(R9.Incarnation);
        _roster.Suspect(R9.Incarnation);
        _roster.Uncount(R9.Incarnation, wasGivenUp: false, Seconds(11));
        Assert.Equal([("r9", false)], Members(at: 11));
    }

    [Fact]
    public void A_farewell_is_taken_at_its_word_from_that_life_only()
    {
        Hear(R9, at: 10);
        _roster.Part(Reborn(R9).Incarnation);
        Assert.Single(Members(at: 10));
        _roster.Part(R9.Incarnation);
        Assert.Empty(Members(at: 10));
    }

    [Fact]
    public void Changes_of_load_leave_the_rest_of_a_member_as_it_is()
    {
        Hear(R9, at: 10);
        var before = _roster.Members(Seconds(10)).Single();
        Hear(Announcements.Of("r9", 9, "relay"), at: 11);
        Assert.Equal(before, _roster.Members(Seconds(11)).Single());
        Hear(Announcements.Of("r9", 9, "relay") with { Sessions = 3 }, at: 12);
        Assert.Equal(3, _roster.Members(Seconds(12)).Single().Sessions);
    }

    [Fact]
    public void Members_are_greeted_every_time_and_empty_addresses_now_and_then()
    {
        Hear(R9, at: 10);
        Assert.Equal([Address(R1), Address(R9)], Greeted(at: 10));
        Assert.Equal([Address(R9)], Greeted(at: 11));
        Assert.Equal([Address(R1), Address(R9)], Greeted(at: 12));
        Assert.Equal([Address(R1), Address(R9)], _roster.TakeGreetable(Seconds(12.1), everybody: true).Order());
    }

    [Fact]
    public void Who_was_given_up_is_left_alone_for_as_long_as_remoting_refuses_it_and_then_sought()
    {
        Hear(R9, at: 10);
        _roster.Count(R9.Incarnation);
        _roster.Suspect(R9.Incarnation);
        _roster.Uncount(R9.Incarnation, wasGivenUp: true, Seconds(80));

        Assert.DoesNotContain(Address(R9), _roster.TakeGreetable(Seconds(91.9), everybody: true));
        Assert.Contains(Address(R9), Greeted(at: 92.1));
    }

    [Fact]
    public void An_address_is_forgotten_after_an_hour_and_a_seed_node_never()
    {
        Hear(R9, at: 10);
        Assert.Contains(Address(R9), Greeted(at: 3600));
        Assert.Equal([Address(R1)], Greeted(at: 3611));
        Assert.Equal([Address(R1)], Greeted(at: 100_000));
    }

    [Fact]
    public void After_a_farewell_nobody_is_sought()
    {
        Hear(R9, at: 10);
        _roster.Part(R9.Incarnation);
        Assert.Equal([Address(R1)], Greeted(at: 11));
    }

    [Fact]
    public void A_cluster_is_those_who_count_each_other()
    {
        Assert.Equal(ClusterView.None, _roster.View(Seconds(10)));
        _roster.SelfCounts(true);
        Assert.Equal(new(true, 1, Self), _roster.View(Seconds(10)));

        _roster.Count(R1.Incarnation);
        Hear(R1, at: 10);
        Assert.Equal(1, _roster.View(Seconds(10)).Size);
        Hear(R1, at: 11, countsUs: true);
        Assert.Equal(new(true, 2, Address(R1)), _roster.View(Seconds(11)));
        Assert.Equal(1, _roster.View(Seconds(20)).Size);
    }

    [Fact]
    public void The_smaller_of_two_clusters_yields_when_they_have_stood_side_by_side_for_a_while()
    {
        _roster.SelfCounts(true);
        Hear(R9, at: 10, new ClusterView(true, 2, Address(R9)));
        Assert.Null(_roster.YieldsTo(Seconds(10)));
        Hear(R9, at: 15.9, new ClusterView(true, 2, Address(R9)));
        Assert.Null(_roster.YieldsTo(Seconds(15.9)));
        Hear(R9, at: 16, new ClusterView(true, 2, Address(R9)));
        Assert.Equal(Address(R9), _roster.YieldsTo(Seconds(16)));
    }

    [Fact]
    public void A_join_on_its_way_is_no_other_cluster()
    {
        _roster.SelfCounts(true);
        Hear(R9, at: 10, new ClusterView(true, 2, Address(R9)));
        Hear(R9, at: 14, new ClusterView(true, 3, Address(R9)), countsUs: true);
        _roster.Count(R9.Incarnation);
        Hear(R9, at: 15, new ClusterView(true, 3, Address(R9)), countsUs: true);
        Hear(R9, at: 20, new ClusterView(true, 3, Address(R9)), countsUs: true);
        Assert.Null(_roster.YieldsTo(Seconds(20)));
    }

    [Fact]
    public void Nobody_yields_to_who_is_silent_or_draining_or_in_no_cluster()
    {
        _roster.SelfCounts(true);
        Hear(R9, at: 10, new ClusterView(true, 9, Address(R9)));
        Hear(R1, at: 10, ClusterView.None);
        Assert.Null(_roster.YieldsTo(Seconds(30)));

        var draining = R9 with { IsDraining = true };
        Hear(draining, at: 30, new ClusterView(true, 9, Address(R9)));
        Hear(draining, at: 50, new ClusterView(true, 9, Address(R9)));
        Hear(R1, at: 50, ClusterView.None);
        Assert.Null(_roster.YieldsTo(Seconds(50)));
    }

    [Theory]
    [InlineData(1, "b", 2, "a", true)]
    [InlineData(2, "a", 1, "b", false)]
    [InlineData(2, "a", 2, "b", false)]
    [InlineData(2, "b", 2, "a", true)]
    public void Of_two_clusters_exactly_one_yields(int size, string lowest, int otherSize, string otherLowest, bool yields)
    {
        ClusterView ours = new(true, size, lowest), other = new(true, otherSize, otherLowest);
        Assert.Equal((yields, !yields), (ours.YieldsTo(other), other.YieldsTo(ours)));
    }

    [Fact]
    public void A_node_in_no_cluster_joins_the_largest_it_hears_of()
    {
        Hear(R1, at: 10, ClusterView.None);
        Assert.Empty(_roster.Joinable(Seconds(10)));
        Hear(R9, at: 10, new ClusterView(true, 1, Address(R9)));
        Hear(R1, at: 10, new ClusterView(true, 2, Address(R1)));
        Assert.Equal([Address(R1), Address(R9)], _roster.Joinable(Seconds(10)));
    }

    [Fact]
    public void Of_nodes_in_no_cluster_the_one_whose_address_sorts_first_begins()
    {
        Hear(R9, at: 10);
        Assert.True(_roster.IsFirst(Seconds(10)));
        Hear(R1, at: 10);
        Assert.False(_roster.IsFirst(Seconds(10)));
        Assert.True(_roster.IsFirst(Seconds(20)));
    }

    [Fact]
    public void A_next_life_knows_who_was_there_but_is_a_member_of_nothing()
    {
        _roster.SelfCounts(true);
        _roster.Count(R9.Incarnation);
        Hear(R9, at: 10, new ClusterView(true, 2, Self), countsUs: true);

        _roster.Rebirth("akka.tcp://socks64@127.0.0.6:4053");

        Assert.False(_roster.IsJoined);
        Assert.False(_roster.Counts(Address(R9)));
        Assert.Equal([("r9", true)], Members(at: 11));
    }

    private static string Address(MemberAnnouncement member) => member.Incarnation.Address;

    private static MemberAnnouncement Reborn(MemberAnnouncement member) => member with { Incarnation = member.Incarnation with { Uid = 2 } };

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private bool Hear(MemberAnnouncement member, double at, bool countsUs = false) => Hear(member, at, new ClusterView(true, 1, Address(member)), countsUs);

    private bool Hear(MemberAnnouncement member, double at, ClusterView view, bool countsUs = false) =>
        _roster.Hear(new(member, view, countsUs), Seconds(at));

    private (string, bool)[] Members(double at) => [.. _roster.Members(Seconds(at)).Select(member => (member.Name, member.IsReachable))];

    private string[] Greeted(double at) => [.. _roster.TakeGreetable(Seconds(at)).Order()];
}
