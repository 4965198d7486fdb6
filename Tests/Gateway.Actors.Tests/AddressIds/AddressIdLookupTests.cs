using Gateway.Actors.Access;
using Gateway.Actors.AddressIds;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.AddressIds;

public class AddressIdLookupTests
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly Identity Client = new(IpLiteral.Parse("192.0.2.1"), null, 0), Other = new(IpLiteral.Parse("192.0.2.2"), null, 0);
    private static readonly AddressId Wrong = new(0x000002);

    private readonly AddressIdTable _table = new(TimeSpan.FromMinutes(10), perClient: 10, draw: new Queue<uint>([1, 3]).Dequeue);
    private readonly AddressIdLookup _lookup;
    private readonly AddressId _right;
    private TimeSpan _now = TimeSpan.FromDays(1);

    public AddressIdLookupTests()
    {
        _lookup = new AddressIdLookup(_table, new GuessThrottle { Free = 3, FirstWait = FirstWait });
        Assert.True(_table.TryAssociate(AddressIdOwner.Of(Client), SocksAddress.FromName("example.com"), _now, out var entry, out _));
        _right = entry.Id;
    }

    [Fact]
    public void Found_id_is_held()
    {
        Assert.True(_lookup.TryHold(Client, _right, _now, out _));
        _now += TimeSpan.FromHours(1);
        Assert.False(_table.TryExpire(AddressIdOwner.Of(Client), _right, _now, out _));
    }

    [Fact]
    public void Guesser_finds_nothing_until_it_has_waited()
    {
        Guess(3);
        Assert.False(_lookup.TryHold(Client, _right, _now, out _));
        _now += FirstWait;
        Assert.True(_lookup.TryHold(Client, _right, _now, out _));
    }

    [Fact]
    public void Right_id_between_wrong_ones_forgives_nothing()
    {
        Guess(2);
        Assert.True(_lookup.TryHold(Client, _right, _now, out _));
        Guess(1);
        Assert.False(_lookup.TryHold(Client, _right, _now, out _));
    }

    [Fact]
    public void Some_mistakes_are_free()
    {
        Guess(2);
        Assert.True(_lookup.TryHold(Client, _right, _now, out _));
    }

    [Fact]
    public void Id_of_another_owner_is_a_wrong_guess_too()
    {
        for (var guess = 0; guess < 3; guess++) Assert.False(_lookup.TryHold(Other, _right, _now, out _));

        Assert.True(_table.TryAssociate(AddressIdOwner.Of(Other), SocksAddress.FromName("example.org"), _now, out var own, out _));
        Assert.False(_lookup.TryHold(Other, own.Id, _now, out _));
        Assert.True(_lookup.TryHold(Client, _right, _now, out _));
    }

    private void Guess(int times)
    {
        for (var guess = 0; guess < times; guess++) Assert.False(_lookup.TryHold(Client, Wrong, _now, out _));
    }
}
