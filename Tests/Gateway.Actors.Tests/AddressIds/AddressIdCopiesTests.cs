using Akka.Actor;
using Akka.TestKit.Xunit2;
using Gateway.Actors.AddressIds;
using Gateway.Actors.Members;
using Gateway.Actors.Tests.Fakes;
using Gateway.Actors.Tests.Members;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.AddressIds;

/// <summary>A gateway's side of copying, against a member that says what the test wants said.</summary>
public sealed class AddressIdCopiesTests : TestKit
{
    private static readonly AddressIdOwner Alice = AddressIdOwner.Of("alice", default);
    private static readonly SocksAddress Target = SocksAddress.FromName("example.com");

    private readonly FakeTime _time = new();
    private readonly TopologyBoard _board = new(Topology.Alone(Announcements.Of("self", 1)));
    private readonly AddressIdTable _table;
    private readonly AddressIdSharing _sharing;
    private readonly Queue<uint> _draws = new([1, 2, 3, 4]);
    private readonly IActorRef _asker;

    public AddressIdCopiesTests() : base("akka { loglevel = WARNING, stdout-loglevel = OFF, test.single-expect-default = 30s }")
    {
        _table = new AddressIdTable(TimeSpan.FromMinutes(10), 1000, _draws.Dequeue);
        _sharing = new AddressIdSharing(_table, _board);
        _asker = CreateTestProbe().Ref;
        // Where messages to the other member's part arrive: here.
        Sys.ActorOf(Props.Create(() => new Forwarder(TestActor)), AddressIdCopiesActor.Name);
    }

    private TimeSpan Moment => _time.GetElapsedTime(0);

    [Fact]
    public void Alone_nobody_waits()
    {
        Start();
        Assert.True(_sharing.TryAssociate(Alice, Target, Moment, _asker, out _, out var isShared));
        Assert.True(isShared);
    }

    [Fact]
    public void Unreachable_member_is_not_waited_for()
    {
        Start();
        See(Other with { IsReachable = false });
        Assert.True(_sharing.TryAssociate(Alice, Target, Moment, _asker, out _, out var isShared));
        Assert.True(isShared);
    }

    [Fact]
    public void Asker_waits_until_the_member_has_its_copy()
    {
        var (copies, asker) = (Meet(), CreateTestProbe());
        var entry = Give(asker.Ref);

        var told = Expect();
        Assert.Equal(new AddressIdCopy(entry, AddressIdStanding.New, TimeSpan.Zero), Assert.Single(told.Copies));
        Assert.False(asker.HasMessages);
        copies.Tell(new AddressIdsHeld(told.Number, []), TestActor);

        Assert.Equal(new AddressIdShared(entry, false), asker.ExpectMsg<AddressIdShared>());
        Assert.True(_sharing.TryAssociate(Alice, Target, Moment, asker.Ref, out _, out var isShared));
        Assert.True(isShared);
    }

    [Fact]
    public void Second_asker_for_the_same_target_waits_with_the_first()
    {
        var (copies, first, second) = (Meet(), CreateTestProbe(), CreateTestProbe());
        var entry = Give(first.Ref);
        Assert.Equal(entry, Give(second.Ref));

        copies.Tell(new AddressIdsHeld(Expect().Number, []), TestActor);

        Assert.Equal(entry, first.ExpectMsg<AddressIdShared>().Entry);
        Assert.Equal(entry, second.ExpectMsg<AddressIdShared>().Entry);
    }

    [Fact]
    public void Member_that_becomes_unreachable_is_waited_for_no_longer()
    {
        Meet();
        var asker = CreateTestProbe();
        var entry = Give(asker.Ref);
        Expect();
        See(Other with { IsReachable = false });
        Assert.Equal(new AddressIdShared(entry, false), asker.ExpectMsg<AddressIdShared>());
    }

    [Fact]
    public void End_of_the_member_system_ends_the_wait()
    {
        var (copies, asker) = (Meet(), CreateTestProbe());
        var entry = Give(asker.Ref);
        Expect();
        Sys.Stop(copies);
        Assert.Equal(new AddressIdShared(entry, false), asker.ExpectMsg<AddressIdShared>());
        Assert.True(_sharing.TryAssociate(Alice, SocksAddress.FromName("other.example"), Moment, asker.Ref, out _, out var isShared));
        Assert.True(isShared);
    }

    [Fact]
    public void What_is_not_answered_is_sent_again()
    {
        Meet(again: TimeSpan.FromMilliseconds(100));
        Give(_asker);
        Assert.Equal(Expect().Number, Expect().Number);
    }

    [Fact]
    public void Refused_id_is_withdrawn_everywhere_and_another_one_given()
    {
        var (copies, asker) = (Meet(), CreateTestProbe());
        var entry = Give(asker.Ref);
        copies.Tell(new AddressIdsHeld(Expect().Number, [0, 200]), TestActor);

        Assert.Equal(new AddressIdShared(entry, true), asker.ExpectMsg<AddressIdShared>());
        Assert.Equal(new AddressIdCopy(entry, AddressIdStanding.Withdrawn, TimeSpan.Zero), Assert.Single(Expect().Copies));
        Assert.Equal(0, _table.Count);
        Assert.NotEqual(entry.Id, Give(asker.Ref).Id);
    }

    [Fact]
    public void Id_that_is_refused_after_the_client_was_told_is_given_up_everywhere()
    {
        var (copies, asker) = (Meet(), CreateTestProbe());
        var entry = Give(asker.Ref);
        var number = Expect().Number;
        _sharing.Settle(entry);
        Assert.False(asker.ExpectMsg<AddressIdShared>().IsRefused);

        copies.Tell(new AddressIdsHeld(number, [0]), TestActor);

        Assert.Equal(new AddressIdCopy(entry, AddressIdStanding.Contested, TimeSpan.Zero), Assert.Single(Expect().Copies));
        Assert.False(_table.TryHold(Alice, entry.Id, Moment, out _));
    }

    [Fact]
    public void Copies_of_the_member_are_taken_and_answered()
    {
        var copies = Meet();
        var here = Give(_asker);
        copies.Tell(new AddressIdsHeld(Expect().Number, []), TestActor);
        AddressIdCopy[] said =
        [
            AddressIdCopies.Of("bob", 7, "bob.example"),
            AddressIdCopies.Of("alice", here.Id.RealId, "other.example", AddressIdStanding.New),
        ];
        copies.Tell(new AddressIdsTold(99, said), TestActor);

        var held = ExpectMsg<AddressIdsHeld>();
        Assert.Equal(99, held.Number);
        Assert.Equal([1], held.Refused);
        Assert.True(_table.TryHold(said[0].Entry.Owner, said[0].Entry.Id, Moment, out _));
    }

    [Fact]
    public void Discovery_that_an_id_was_given_twice_is_told_to_all()
    {
        var copies = Start();
        Assert.True(_sharing.TryAssociate(Alice, Target, Moment, _asker, out var entry, out _));
        See(Other);
        copies.Tell(new AddressIdsHeld(Expect().Number, []), TestActor);

        copies.Tell(new AddressIdsTold(99, [AddressIdCopies.Of("alice", entry.Id.RealId, "other.example")]), TestActor);

        Assert.Equal([0], ExpectMsg<AddressIdsHeld>().Refused);
        Assert.Equal(AddressIdStanding.Contested, Assert.Single(Expect().Copies).Standing);
    }

    [Fact]
    public void Use_is_told()
    {
        var copies = Meet();
        var entry = Give(_asker);
        copies.Tell(new AddressIdsHeld(Expect().Number, []), TestActor);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(_table.TryHold(Alice, entry.Id, Moment, out _));
        Assert.Equal(new AddressIdCopy(entry, AddressIdStanding.Living, TimeSpan.Zero), Assert.Single(Expect().Copies));
    }

    [Fact]
    public void Member_that_appears_is_told_everything_portion_by_portion_and_so_is_one_that_returns()
    {
        var copies = Start();
        for (var realId = 1u; realId <= 250; realId++)
            Assert.True(_table.TryTake(AddressIdCopies.Of("alice", realId, $"h{realId}"), Moment, out _));
        _time.Advance(TimeSpan.FromMinutes(4));

        foreach (var uid in new[] { 1, 2 })
        {
            See(Life(uid));
            var heard = new List<AddressIdCopy>();
            while (heard.Count < 250)
            {
                var told = Expect();
                Assert.InRange(told.Copies.Count, 50, AddressIdsTold.MostCopies);
                heard.AddRange(told.Copies);
                copies.Tell(new AddressIdsHeld(told.Number, []), TestActor);
            }
            Assert.Equal(Enumerable.Range(1, 250).Select(i => (uint)i), heard.Select(copy => copy.Entry.Id.RealId).Order());
            Assert.All(heard, copy => Assert.Equal((AddressIdStanding.Living, TimeSpan.FromMinutes(4)), (copy.Standing, copy.Age)));
        }
    }

    [Fact]
    public void Next_life_of_the_member_system_tells_what_the_last_one_could_not()
    {
        See(Other);
        Assert.True(_sharing.TryAssociate(Alice, Target, Moment, _asker, out var entry, out var isShared));
        Assert.True(isShared);
        Create(TimeSpan.FromHours(1));
        Assert.Equal(new AddressIdCopy(entry, AddressIdStanding.Living, TimeSpan.Zero), Assert.Single(Expect().Copies));
    }

    [Fact]
    public void What_cannot_be_read_is_ignored()
    {
        var copies = Start();
        copies.Tell(Unreadable.Instance, TestActor);
        copies.Tell(new AddressIdsHeld(12345, [1]), TestActor);
        copies.Tell(new AddressIdsTold(1, []), TestActor);
        Assert.Equal(1, ExpectMsg<AddressIdsHeld>().Number);
    }

    private Member Other => Life(1);

    /// <summary>A member whose remoting is this very actor system.</summary>
    private Member Life(int uid) => new(Announcements.Of("other", 2) with { Incarnation = new($"akka://{Sys.Name}", uid) });

    /// <summary>A part that has begun.</summary>
    private IActorRef Start(TimeSpan? again = null)
    {
        var copies = Create(again ?? TimeSpan.FromHours(1));
        copies.Tell(new AddressIdsTold(0, []), TestActor);
        Assert.Equal(0, ExpectMsg<AddressIdsHeld>().Number);
        return copies;
    }

    private IActorRef Create(TimeSpan again) =>
        Sys.ActorOf(Props.Create(() => new AddressIdCopiesActor(_table, _sharing, _board, _time, again)), "copies");

    /// <summary>The part has begun, and knows of the other member and nothing else.</summary>
    private IActorRef Meet(TimeSpan? again = null)
    {
        var copies = Start(again);
        See(Other);
        copies.Tell(new AddressIdsTold(1, []), TestActor);
        Assert.Equal(1, ExpectMsg<AddressIdsHeld>().Number);
        return copies;
    }

    private void See(params Member[] others) => _board.Update(topology => topology.WithOthers(others));

    private AddressIdEntry Give(IActorRef asker)
    {
        Assert.True(_sharing.TryAssociate(Alice, Target, Moment, asker, out var entry, out var isShared));
        Assert.False(isShared);
        return entry;
    }

    private AddressIdsTold Expect() => ExpectMsg<AddressIdsTold>();

    private sealed class Forwarder(IActorRef to) : UntypedActor
    {
        protected override void OnReceive(object message) => to.Forward(message);
    }
}
