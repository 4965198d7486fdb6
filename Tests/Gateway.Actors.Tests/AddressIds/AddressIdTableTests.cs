using Gateway.Actors.AddressIds;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.AddressIds;

public class AddressIdTableTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10), Tick = TimeSpan.FromMilliseconds(1);
    private static readonly AddressIdOwner Alice = AddressIdOwner.Of("alice", IpLiteral.Parse("192.0.2.1"));
    private static readonly AddressIdOwner Host = AddressIdOwner.Of(null, IpLiteral.Parse("192.0.2.1"));
    private static readonly SocksAddress Name = SocksAddress.FromName("example.com");

    private readonly AddressIdTable _table = new(Idle, perClient: 3);
    private TimeSpan _now = TimeSpan.FromDays(1);

    [Fact]
    public void Id_leads_to_what_it_was_given_for()
    {
        var id = Associate(Alice, Name);

        Assert.True(_table.TryHold(Alice, id, _now, out var entry));
        Assert.Equal((Alice, id, Name), (entry.Owner, entry.Id, entry.Target));
        Assert.InRange(id.RealId, 1u, AddressId.MaxRealId);
    }

    [Fact]
    public void Id_means_nothing_to_other_owners()
    {
        var id = Associate(Alice, Name);
        Assert.False(_table.TryHold(Host, id, _now, out _));
    }

    [Fact]
    public void User_owns_an_id_from_any_address() =>
        Assert.Equal(Alice, AddressIdOwner.Of("alice", IpLiteral.Parse("2001:db8::1")));

    [Fact]
    public void Client_without_a_name_is_its_canonical_address()
    {
        Assert.Equal(Host, AddressIdOwner.Of(null, IpLiteral.Parse("::ffff:192.0.2.1")));
        Assert.NotEqual(Host, AddressIdOwner.Of(null, IpLiteral.Parse("192.0.2.2")));
        Assert.NotEqual(Host, Alice);
    }

    [Fact]
    public void Same_target_of_the_same_owner_has_the_same_id_and_a_longer_life()
    {
        var id = Associate(Alice, Name);
        _now += Idle - Tick;
        Assert.True(_table.TryAssociate(Alice, Name, _now, out var again, out var isNew));
        Assert.Equal((id, false), (again.Id, isNew));

        _now += Idle - Tick;
        Assert.True(IsThere(Alice, id));
        Assert.NotEqual(id, Associate(Host, Name));
    }

    [Fact]
    public void Literal_and_literal_as_name_are_one_target() =>
        Assert.Equal(Associate(Alice, IpLiteral.Parse("2001:db8::1")), Associate(Alice, SocksAddress.FromName("[2001:db8::1]")));

    [Fact]
    public void Targets_with_equal_octets_but_other_types_are_two() =>
        Assert.NotEqual(Associate(Alice, IpLiteral.Parse("97.98.99.100")), Associate(Alice, SocksAddress.FromName("abcd")));

    [Fact]
    public void Id_of_an_id_cannot_be_made() =>
        Assert.Throws<ArgumentException>(() => _table.TryAssociate(Alice, SocksAddress.From(new AddressId(1)), _now, out _, out _));

    [Fact]
    public void Life_slides_with_use_and_ends_without()
    {
        var id = Associate(Alice, Name);
        for (var use = 0; use < 3; use++)
        {
            _now += Idle - Tick;
            Assert.True(IsThere(Alice, id));
        }
        _now += Idle;
        Assert.False(IsThere(Alice, id));
    }

    [Fact]
    public void Held_id_does_not_end()
    {
        var id = Associate(Alice, Name);
        Assert.True(_table.TryHold(Alice, id, _now, out _));
        _now += 5 * Idle;
        Assert.False(_table.TryExpire(Alice, id, _now, out _));
        Assert.True(IsThere(Alice, id));

        _table.Release(Alice, id, _now);
        _now += Idle - Tick;
        Assert.False(_table.TryExpire(Alice, id, _now, out var again));
        Assert.Equal(Tick, again);
        _now += again;
        Assert.True(_table.TryExpire(Alice, id, _now, out _));
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void What_is_not_held_cannot_be_released() =>
        Assert.Throws<InvalidOperationException>(() => _table.Release(Alice, Associate(Alice, Name), _now));

    [Fact]
    public void Expired_id_is_taken_out_by_who_looks_after_it()
    {
        var id = Associate(Alice, Name);
        _now += Idle;

        Assert.True(_table.TryExpire(Alice, id, _now, out _));
        Assert.True(_table.TryExpire(Alice, id, _now, out _));
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void Id_past_its_time_lives_on_when_it_is_associated_again()
    {
        var id = Associate(Alice, Name);
        _now += Idle;
        Assert.False(IsThere(Alice, id));
        Assert.True(_table.TryAssociate(Alice, Name, _now, out _, out var isNew));
        Assert.False(isNew);
        Assert.True(IsThere(Alice, id));
        Assert.False(_table.TryExpire(Alice, id, _now, out _));
    }

    [Fact]
    public void Owner_has_a_limit_that_its_expired_ids_do_not_count_for()
    {
        for (var host = 1; host <= 3; host++) Associate(Alice, SocksAddress.FromName($"h{host}"));
        Assert.False(_table.CanAssociate(Alice, Name, _now));
        Assert.False(_table.TryAssociate(Alice, Name, _now, out _, out _));
        Assert.True(_table.CanAssociate(Alice, SocksAddress.FromName("h1"), _now));
        Assert.True(_table.CanAssociate(Host, Name, _now));
        Associate(Host, Name);

        _now += Idle;
        Associate(Alice, Name);
        Assert.Equal(2, _table.Count);
    }

    [Fact]
    public void Addresses_of_one_ipv6_network_count_as_one_client_and_own_their_ids_apart()
    {
        AddressIdOwner[] hosts = [.. new[] { "2001:db8:0:1::1", "2001:db8:0:1::2", "2001:db8:0:1:ffff::3" }.Select(Stranger)];
        var ids = hosts.Select(host => Associate(host, Name)).ToList();
        Assert.Equal(3, ids.Distinct().Count());
        Assert.False(_table.TryHold(hosts[0], ids[1], _now, out _));

        Assert.False(_table.TryAssociate(Stranger("2001:db8:0:1::4"), Name, _now, out _, out _));
        Associate(Stranger("2001:db8:0:2::4"), Name);

        _now += Idle;
        Associate(Stranger("2001:db8:0:1::4"), Name);
        Assert.Equal(2, _table.Count);
    }

    [Fact]
    public void Real_ids_are_unique_and_never_zero()
    {
        var draws = new Queue<uint>([7, 0, AddressId.MaxRealId + 1, 7, 8]);
        var drawn = new AddressIdTable(Idle, 3, draws.Dequeue);

        Assert.True(drawn.TryAssociate(Alice, Name, _now, out var first, out _));
        Assert.True(drawn.TryAssociate(Host, Name, _now, out var second, out _));

        Assert.Equal((7u, 8u), (first.Id.RealId, second.Id.RealId));
    }

    [Fact]
    public async Task Many_threads_may_use_the_table()
    {
        var large = new AddressIdTable(Idle, perClient: 1000);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var host = 0; host < 500; host++)
            {
                Assert.True(large.TryAssociate(Alice, SocksAddress.FromName($"h{host}"), _now, out var entry, out _));
                Assert.True(large.TryHold(Alice, entry.Id, _now, out _));
                large.Release(Alice, entry.Id, _now);
            }
        })));
        Assert.Equal(500, large.Count);
    }

    /// <summary>Uses the ID for a moment.</summary>
    private bool IsThere(AddressIdOwner owner, AddressId id)
    {
        var isThere = _table.TryHold(owner, id, _now, out _);
        if (isThere) _table.Release(owner, id, _now);
        return isThere;
    }

    private static AddressIdOwner Stranger(string address) => AddressIdOwner.Of(null, IpLiteral.Parse(address));

    private AddressId Associate(AddressIdOwner owner, SocksAddress target)
    {
        Assert.True(_table.TryAssociate(owner, target, _now, out var entry, out _));
        return entry.Id;
    }
}
