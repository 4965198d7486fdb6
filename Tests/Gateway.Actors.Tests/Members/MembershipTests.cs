using Gateway.Actors.Chains;
using Gateway.Actors.Settings;
using Gateway.Protocol;
using SocksLib;
using Testing;

namespace Gateway.Actors.Tests.Members;

/// <summary>Several members in one process, each with an actor system of its own, on loopback.</summary>
public class MembershipTests
{
    [Fact]
    public async Task Members_see_names_roles_and_load_of_each_other()
    {
        var hosts = TestMember.Hosts(3);
        var terms = new TestMemberTerms(hosts[0]);
        await using var e1 = TestMember.Start("e1", hosts[0], terms, "entry");
        await using var r1 = TestMember.Start("r1", hosts[1], terms, "relay");
        await using var x1 = TestMember.Start("x1", hosts[2], terms, "exit");
        await TestMember.SeeEachOther(e1, r1, x1);
        await TestMember.AreOneCluster(e1, r1, x1);

        Assert.Equal(["r1"], e1.Board.Current.WithRole("relay").Select(member => member.Name));
        x1.Sessions = 7;
        await Eventually.Holds(() => e1.Board.Current.Find("x1")!.Sessions == 7, () => "7 sessions are not announced");
    }

    [Fact]
    public async Task A_member_that_dies_is_unreachable_and_back_as_soon_as_it_is_restarted()
    {
        var hosts = TestMember.Hosts(3);
        var terms = new TestMemberTerms(hosts[0], hosts[1]);
        await using var e1 = TestMember.Start("e1", hosts[0], terms);
        await using var e2 = TestMember.Start("e2", hosts[1], terms);
        await using (var r1 = TestMember.Start("r1", hosts[2], terms, "relay"))
        {
            await TestMember.AreOneCluster(e1, e2, r1);
            await r1.KillAsync();
        }
        await Eventually.Holds(() => e1.Sees == "e2 r1?" && e2.Sees == "e1 r1?", () => $"e1 sees {e1.Sees}, e2 sees {e2.Sees}");

        await using var restarted = TestMember.Start("r1", hosts[2], terms, "relay");
        await TestMember.SeeEachOther(e1, e2, restarted);
        await TestMember.AreOneCluster(e1, e2, restarted);
    }

    [Fact]
    public async Task A_member_that_is_gone_for_good_disappears()
    {
        var hosts = TestMember.Hosts(3);
        var terms = new TestMemberTerms(hosts[0]) { Timing = TestMember.Fast with { GiveUpAfter = TimeSpan.FromSeconds(2) } };
        await using var e1 = TestMember.Start("e1", hosts[0], terms);
        await using var r1 = TestMember.Start("r1", hosts[1], terms);
        await using var r2 = TestMember.Start("r2", hosts[2], terms);
        await TestMember.AreOneCluster(e1, r1, r2);

        await r2.KillAsync();

        await TestMember.SeeEachOther(e1, r1);
        await TestMember.AreOneCluster(e1, r1);
    }

    [Fact]
    public async Task Of_two_members_either_may_die_and_the_other_stays_a_member()
    {
        var hosts = TestMember.Hosts(2);
        var terms = new TestMemberTerms(hosts) { Timing = TestMember.Fast with { GiveUpAfter = TimeSpan.FromSeconds(2) } };
        await using var second = TestMember.Start("g2", hosts[1], terms);
        await using (var first = TestMember.Start("g1", hosts[0], terms))
        {
            await TestMember.AreOneCluster(first, second);
            await first.KillAsync();
        }
        await TestMember.AreOneCluster(second);
        Assert.Equal(1, second.Membership.Lives);

        await using (var again = TestMember.Start("g1", hosts[0], terms))
        {
            await TestMember.AreOneCluster(again, second);
            await second.KillAsync();
            await TestMember.AreOneCluster(again);
            Assert.Equal("", again.Sees);
        }
    }

    [Fact]
    public async Task The_only_seed_node_finds_its_cluster_again_after_a_restart()
    {
        var hosts = TestMember.Hosts(3);
        var terms = new TestMemberTerms(hosts[0]);
        await using var r1 = TestMember.Start("r1", hosts[1], terms);
        await using var r2 = TestMember.Start("r2", hosts[2], terms);
        await using (var seed = TestMember.Start("e1", hosts[0], terms))
        {
            await TestMember.AreOneCluster(seed, r1, r2);
            await seed.KillAsync();
        }
        await using var restarted = TestMember.Start("e1", hosts[0], terms);
        await TestMember.SeeEachOther(restarted, r1, r2);
        await TestMember.AreOneCluster(restarted, r1, r2);
    }

    [Fact]
    public async Task A_member_whose_system_ends_is_born_again_and_rejoins()
    {
        var hosts = TestMember.Hosts(2);
        var terms = new TestMemberTerms(hosts[0]);
        await using var e1 = TestMember.Start("e1", hosts[0], terms);
        await using var r1 = TestMember.Start("r1", hosts[1], terms);
        await TestMember.AreOneCluster(e1, r1);

        await r1.BreakAsync();

        await Eventually.Holds(() => r1.Membership.Lives == 2, () => $"{r1.Membership.Lives} lives");
        await TestMember.AreOneCluster(e1, r1);
        await TestMember.SeeEachOther(e1, r1);
    }

    [Fact]
    public async Task A_member_that_the_others_gave_up_is_born_again_and_rejoins()
    {
        var hosts = TestMember.Hosts(2);
        var terms = new TestMemberTerms(hosts[0]);
        await using var e1 = TestMember.Start("e1", hosts[0], terms);
        await using var r1 = TestMember.Start("r1", hosts[1], terms);
        await TestMember.AreOneCluster(e1, r1);

        var cluster = Akka.Cluster.Cluster.Get(e1.Membership.Life!);
        cluster.Down(e1.Up.Single(address => address.ToString() == r1.Address));

        await Eventually.Holds(() => r1.Membership.Lives == 2, () => $"{r1.Membership.Lives} lives");
        await TestMember.AreOneCluster(e1, r1);
        await TestMember.SeeEachOther(e1, r1);
    }

    [Fact]
    public async Task Draining_is_announced_at_once_and_a_farewell_makes_a_member_disappear()
    {
        var hosts = TestMember.Hosts(2);
        var terms = new TestMemberTerms(hosts[0]);
        await using var e1 = TestMember.Start("e1", hosts[0], terms);
        await using var r1 = TestMember.Start("r1", hosts[1], terms, "relay");
        await TestMember.AreOneCluster(e1, r1);
        await TestMember.SeeEachOther(e1, r1);

        r1.Membership.AnnounceDraining();
        await Eventually.Holds(() => e1.Board.Current.Find("r1") is { IsDraining: true, IsUsable: false }, () => $"e1 sees {e1.Sees}");

        await r1.Membership.LeaveAsync();
        await Eventually.Holds(() => e1.Sees == "", () => $"e1 sees {e1.Sees}");
        await TestMember.AreOneCluster(e1);
        Assert.Equal(1, r1.Membership.Lives);
    }

    [Fact]
    public async Task What_one_member_learns_of_a_leg_all_others_hear()
    {
        var hosts = TestMember.Hosts(3);
        var terms = new TestMemberTerms(hosts[0]);
        await using var e1 = TestMember.Start("e1", hosts[0], terms);
        await using var e2 = TestMember.Start("e2", hosts[1], terms);
        await using var r1 = TestMember.Start("r1", hosts[2], terms);
        await TestMember.SeeEachOther(e1, e2, r1);

        var leg = new Leg("r1", "x1", IpFamily.V6);
        e1.Legs.Report(leg, LegOutcome.Failed, default, TimeProvider.System.GetElapsedTime(0));
        await Eventually.Holds(
            () => e2.Legs.Ejected.Any(ejected => ejected.Leg == leg) && r1.Legs.Ejected.Any(ejected => ejected.Leg == leg), () => "the news have not arrived");

        r1.Legs.Report(leg, LegOutcome.Alive, default, TimeProvider.System.GetElapsedTime(0));
        await Eventually.Holds(() => e1.Legs.Ejected.Count == 0 && e2.Legs.Ejected.Count == 0, () => "the leg's return has not arrived");
    }

    [Fact]
    public async Task Without_any_seed_node_the_others_still_meet_and_form_a_cluster_that_it_joins_later()
    {
        var hosts = TestMember.Hosts(3);
        var terms = new TestMemberTerms(hosts[0], hosts[1]);
        await using var second = TestMember.Start("g2", hosts[1], terms);
        await using var third = TestMember.Start("g3", hosts[2], terms);
        await TestMember.SeeEachOther(second, third);
        await TestMember.AreOneCluster(second, third);

        await using var first = TestMember.Start("g1", hosts[0], terms);
        await TestMember.AreOneCluster(first, second, third);
    }

    [Fact]
    public async Task Under_TLS_members_are_one_cluster_too()
    {
        using var certificate = new CertificateFile("member");
        var hosts = TestMember.Hosts(2);
        var terms = new TestMemberTerms(hosts) { Certificate = certificate };
        await using var e1 = TestMember.Start("e1", hosts[0], terms);
        await using var r1 = TestMember.Start("r1", hosts[1], terms);
        await TestMember.SeeEachOther(e1, r1);
        await TestMember.AreOneCluster(e1, r1);
    }

    [EmbeddedFact]
    public async Task Who_does_not_know_the_secret_is_no_member()
    {
        var hosts = TestMember.Hosts(3);
        var terms = new TestMemberTerms(hosts[0]) { Secret = new Secret("right") };
        await using var e1 = TestMember.Start("e1", hosts[0], terms);
        await using var r1 = TestMember.Start("r1", hosts[1], terms);
        await using var thief = TestMember.Start("t1", hosts[2], terms with { Secret = new Secret("wrong") });
        await TestMember.AreOneCluster(e1, r1);

        await Eventually.Holds(() => thief.Membership.Life is not null, () => "the thief has not begun");
        await TestMember.SeeEachOther(e1, r1);
        Assert.Equal("", thief.Sees);
    }
}
