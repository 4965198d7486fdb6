using Gateway.Actors.AddressIds;
using Gateway.Protocol;
using static Gateway.Actors.AddressIds.AddressIdStanding;

namespace Gateway.Actors.Tests.AddressIds;

/// <summary>What the table makes of what other members say.</summary>
public class AddressIdCopyTests
{
    private const uint RealId = 0xA1B2C3;

    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10), Tick = TimeSpan.FromMilliseconds(1);
    private static readonly AddressIdOwner Alice = AddressIdOwner.Of("alice", default), Bob = AddressIdOwner.Of("bob", default);
    private static readonly AddressId Id = new(RealId);

    private readonly AddressIdTable _table = new(Idle, perClient: 3);
    private readonly List<AddressIdCopy> _used = [];
    private readonly List<AddressIdEntry> _entered = [];
    private TimeSpan _now = TimeSpan.FromDays(1);

    public AddressIdCopyTests()
    {
        _table.Used += _used.Add;
        _table.Entered += _entered.Add;
    }

    [Theory]
    [InlineData((int)New)]
    [InlineData((int)Living)]
    public void Copy_is_as_good_as_an_own_id_for_its_owner_only(int standing)
    {
        Assert.True(Take("a", (AddressIdStanding)standing));

        Assert.Equal("a", Target());
        Assert.False(_table.TryHold(Bob, Id, _now, out _));
        Assert.Equal(Id, Associate(Alice, "a").Id);
        Assert.Equal(Id, Assert.Single(_entered).Id);
    }

    [Fact]
    public void Copy_ends_with_the_use_that_it_was_told_of()
    {
        Assert.True(Take("a", Living, age: Idle - Tick));
        Assert.Equal("a", Target());
        _table.Release(Alice, Id, _now);
        _now += Idle;
        Assert.True(_table.TryExpire(Alice, Id, _now, out _));

        Assert.True(Take("a", Living, age: Idle));
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void News_of_use_elsewhere_lengthen_its_life_and_never_shorten_it()
    {
        Assert.True(Take("a"));
        _now += Idle - Tick;
        Assert.True(Take("a", Living, age: Tick));
        Assert.True(Take("a", Living, age: Idle - Tick));
        _now += Idle - 2 * Tick;
        Assert.Equal("a", Target());
    }

    [Fact]
    public void Use_is_told_once_in_a_tenth_of_the_lifetime()
    {
        Assert.True(Take("a"));
        UseOnce();
        Assert.Empty(_used);

        _now += Idle / 10;
        UseOnce();
        UseOnce();
        var told = Assert.Single(_used);
        Assert.Equal((Id, Living, TimeSpan.Zero), (told.Entry.Id, told.Standing, told.Age));

        _now += Idle / 10;
        Associate(Alice, "a");
        Assert.Equal(2, _used.Count);
    }

    [Fact]
    public void What_was_not_told_at_once_is_told_before_the_copies_end()
    {
        Assert.True(Take("a"));
        _now += Tick;
        UseOnce();
        _now += Idle / 2;
        Assert.False(_table.TryExpire(Alice, Id, _now, out var again));

        Assert.Equal(Idle / 2, Assert.Single(_used).Age);
        Assert.InRange(again, Tick, Idle / 2);
        Assert.False(_table.TryExpire(Alice, Id, _now, out _));
        Assert.Single(_used);
    }

    [Fact]
    public void Held_id_is_told_of_for_as_long_as_it_is_held()
    {
        var other = new AddressIdTable(Idle, 3);
        _table.Used += copy => Assert.True(other.TryTake(copy, _now, out _));
        var id = Associate(Alice, "a").Id;
        Assert.True(other.TryTake(_table.CopyOf(Assert.Single(_table.Entries()), _now)!, _now, out _));
        Assert.True(_table.TryHold(Alice, id, _now, out _));

        for (var end = _now + 5 * Idle; _now < end;)
        {
            Assert.False(_table.TryExpire(Alice, id, _now, out var again));
            _now += again;
            Assert.True(other.TryHold(Alice, id, _now, out _));
            other.Release(Alice, id, _now);
        }
    }

    [Fact]
    public void Id_that_means_something_else_here_is_refused_while_it_is_being_given()
    {
        Assert.True(Take("a"));
        Assert.False(Take("b", New));
        Assert.Equal("a", Target());
    }

    [Fact]
    public void Id_that_two_members_gave_for_different_things_stands_for_nothing()
    {
        Assert.True(Take("a"));
        Assert.False(_table.TryTake(Copy("b", Living), _now, out var isNews));
        Assert.True(isNews);

        Assert.False(_table.TryHold(Alice, Id, _now, out _));
        Assert.Empty(_table.List(_now));
        Assert.NotEqual(Id, Associate(Alice, "a").Id);
        Assert.False(_table.TryTake(Copy("a", Living), _now, out isNews));
        Assert.False(isNews);
        Assert.False(Take("c", New));
    }

    [Fact]
    public void Contested_id_is_so_for_who_never_heard_of_it_and_can_be_given_again_after_a_lifetime()
    {
        Assert.True(Take("a", Contested));
        Assert.False(Take("a"));
        Assert.Equal(Contested, _table.CopyOf(Assert.Single(_table.Entries()), _now)!.Standing);

        _now += Idle;
        Assert.Null(_table.CopyOf(Assert.Single(_table.Entries()), _now));
        Assert.True(Take("b", New));
        Assert.Equal("b", Target());
    }

    [Fact]
    public void Tables_agree_whatever_the_order_in_which_they_hear()
    {
        AddressIdCopy[] said = [Copy("a", Living), Copy("b", Living), Copy("a", Living)];
        foreach (var order in new int[][] { [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 1, 0] })
        {
            var table = new AddressIdTable(Idle, 3);
            foreach (var index in order)
                table.TryTake(said[index], _now, out _);
            Assert.False(table.TryHold(Alice, Id, _now, out _));
        }
    }

    [Fact]
    public void Who_holds_an_id_that_becomes_contested_keeps_it()
    {
        Assert.True(Take("a"));
        Assert.Equal("a", Target());
        Assert.True(Take("a", Contested));
        _now += 2 * Idle;
        Assert.False(_table.TryExpire(Alice, Id, _now, out _));
        _table.Release(Alice, Id, _now);
    }

    [Fact]
    public void Id_that_was_not_given_after_all_is_forgotten_unless_it_is_another()
    {
        Assert.True(Take("a", New));
        Assert.True(Take("b", Withdrawn));
        Assert.Equal(1, _table.Count);
        Assert.True(Take("a", Withdrawn));
        Assert.True(Take("a", Withdrawn));
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void Limit_of_an_owner_holds_for_copies()
    {
        for (var realId = 1u; realId <= 10; realId++)
            Assert.True(_table.TryTake(AddressIdCopies.Of("alice", realId, $"h{realId}"), _now, out _));
        Assert.Equal(3, _table.Count);
        Assert.False(_table.CanAssociate(Alice, SocksAddress.FromName("more"), _now));
        Assert.True(_table.CanAssociate(Bob, SocksAddress.FromName("more"), _now));
    }

    [Fact]
    public void Two_ids_of_one_target_are_both_good()
    {
        var own = Associate(Alice, "a").Id;
        var other = AddressIdCopies.Of("alice", own.RealId ^ 1, "a");
        Assert.True(_table.TryTake(other, _now, out _));

        Assert.True(_table.TryHold(Alice, own, _now, out _));
        Assert.True(_table.TryHold(Alice, other.Entry.Id, _now, out _));
        Assert.Equal(own, Associate(Alice, "a").Id);
        Assert.True(_table.TryTake(other with { Standing = Contested }, _now, out _));
        Assert.Equal(own, Associate(Alice, "a").Id);
    }

    [Fact]
    public void Real_id_that_a_copy_has_is_not_drawn()
    {
        var table = new AddressIdTable(Idle, 3, new Queue<uint>([RealId, 5]).Dequeue);
        Assert.True(table.TryTake(Copy("a", Living), _now, out _));
        Assert.True(table.TryAssociate(Bob, SocksAddress.FromName("b"), _now, out var entry, out _));
        Assert.Equal(5u, entry.Id.RealId);
    }

    [Fact]
    public void Equal_real_ids_of_different_owners_do_not_meet()
    {
        Assert.True(_table.TryTake(AddressIdCopies.Of("alice", RealId, "a"), _now, out _));
        Assert.True(_table.TryTake(AddressIdCopies.Of("bob", RealId, "b"), _now, out _));
        Assert.True(_table.TryTake(AddressIdCopies.Of("bob", RealId, "b", Withdrawn), _now, out _));
        Assert.Equal("a", Target());
        Assert.Equal(1, _table.Count);
    }

    private static AddressIdCopy Copy(string target, AddressIdStanding standing) => AddressIdCopies.Of("alice", RealId, target, standing);

    private bool Take(string target, AddressIdStanding standing = Living, TimeSpan age = default) =>
        _table.TryTake(Copy(target, standing) with { Age = age }, _now, out _);

    /// <summary>What alice's ID stands for; it is held from then on.</summary>
    private string Target()
    {
        Assert.True(_table.TryHold(Alice, Id, _now, out var entry));
        return entry.Target.ToString();
    }

    private void UseOnce()
    {
        Target();
        _table.Release(Alice, Id, _now);
    }

    private AddressIdEntry Associate(AddressIdOwner owner, string target)
    {
        Assert.True(_table.TryAssociate(owner, SocksAddress.FromName(target), _now, out var entry, out _));
        return entry;
    }
}
