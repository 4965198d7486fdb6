using Akka.Actor;
using Akka.Event;
using Gateway.Actors.AddressIds;
using Gateway.Actors.Chains;
using Gateway.Actors.Members;
using Gateway.Actors.Tests.AddressIds;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.Members;

public sealed class MemberMessageTests : IAsyncLifetime
{
    private readonly ActorSystem _system = ActorSystem.Create("codec", "akka { loglevel = WARNING, stdout-loglevel = OFF, loggers = [] }");
    private readonly MemberMessageSerializer _serializer;

    public MemberMessageTests() => _serializer = new((ExtendedActorSystem)_system);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public void A_greeting_arrives_as_it_was_sent()
    {
        var member = Announcements.Of("g-1.example", 7, "entry", "relay") with
        {
            Endpoints = [new(IpLiteral.Parse("192.0.2.1"), 1080), new(IpLiteral.Parse("2001:db8::1"), 65535)],
            Egress = FamilyWish.Ipv6,
            Sessions = 100_000,
            IsDraining = true,
        };
        var greeting = new Greeting(member, new(true, 5, "akka.tcp://socks64@127.0.0.1:4053"), CountsYou: true);

        var (manifest, read) = Carry(greeting);

        var arrived = Assert.IsType<Greeting>(read);
        Assert.Equal("greeting.1", manifest);
        Assert.True(arrived.Member.DescribesSameAs(member));
        Assert.Equal((100_000, greeting.View, true), (arrived.Member.Sessions, arrived.View, arrived.CountsYou));
    }

    [Fact]
    public void A_farewell_arrives_as_it_was_sent()
    {
        var farewell = new Farewell(new("akka.tcp://socks64@[2001:db8::1]:4053", -7));
        Assert.Equal(("farewell.1", (object)farewell), Carry(farewell));
    }

    [Fact]
    public void News_of_legs_arrive_as_they_were_sent()
    {
        LegNews[] news =
        [
            new(new("r1", "x1", IpFamily.V6), true, TimeSpan.FromMilliseconds(12)),
            new(new("r1", "lab-a", IpFamily.None), false, TimeSpan.Zero),
        ];
        var (manifest, read) = Carry(new LegsLearned(news));
        Assert.Equal("legs-learned.1", manifest);
        Assert.Equal(news, Assert.IsType<LegsLearned>(read).News);
    }

    [Fact]
    public void Copies_of_address_ids_and_their_answer_arrive_as_they_were_sent()
    {
        AddressIdCopy[] copies =
        [
            AddressIdCopies.Of("älice", 0xA1B2C3, "example.com", AddressIdStanding.New),
            AddressIdCopies.Of(IpLiteral.Parse("2001:db8::7"), 1, IpLiteral.Parse("192.0.2.1"), AddressIdStanding.Contested),
            AddressIdCopies.Of(IpLiteral.Parse("192.0.2.7"), AddressId.MaxRealId, IpLiteral.Parse("2001:db8::1"), AddressIdStanding.Withdrawn),
            AddressIdCopies.Of("bob", 2, "example.org") with { Age = TimeSpan.FromMinutes(3) },
        ];

        var (manifest, read) = Carry(new AddressIdsTold(long.MinValue, copies));
        var told = Assert.IsType<AddressIdsTold>(read);
        Assert.Equal(("address-ids-told.1", long.MinValue), (manifest, told.Number));
        Assert.Equal(copies, told.Copies);

        (manifest, read) = Carry(new AddressIdsHeld(5, [0, 99]));
        var held = Assert.IsType<AddressIdsHeld>(read);
        Assert.Equal(("address-ids-held.1", 5L), (manifest, held.Number));
        Assert.Equal([0, 99], held.Refused);
    }

    [Fact]
    public void Copies_that_cannot_be_are_unreadable()
    {
        var id = AddressIdCopies.Of("alice", 5, "example.com");
        AddressIdCopy[] wrong =
        [
            id with { Standing = (AddressIdStanding)4 },
            id with { Age = TimeSpan.FromDays(-1) },
            id with { Age = TimeSpan.FromDays(365) },
            id with { Entry = id.Entry with { Id = new(0) } },
            id with { Entry = id.Entry with { Id = new(AddressId.MaxRealId + 1) } },
            id with { Entry = id.Entry with { Target = SocksAddress.From(new AddressId(3)) } },
            id with { Entry = id.Entry with { Target = default } },
            id with { Entry = id.Entry with { Owner = AddressIdOwner.Of("", default) } },
        ];
        Assert.All(wrong, copy => Assert.IsType<Unreadable>(Carry(new AddressIdsTold(1, [copy])).Read));
    }

    [Fact]
    public void The_largest_messages_stay_far_below_what_remoting_carries()
    {
        var name = new string('n', 63);
        var address = $"akka.tcp://socks64@{new string('h', 200)}:65535";
        var news = Enumerable.Repeat(new LegNews(new(name, name, IpFamily.V6), true, default), 1000).ToArray();
        var member = Announcements.Of(name, 1, [.. Enumerable.Repeat(name, 1000)]) with
        {
            Incarnation = new(address, 1),
            Endpoints = [.. Enumerable.Repeat(new LiteralEndpoint(IpLiteral.Parse("2001:db8::1"), 1080), 1000)],
        };

        var copies = Enumerable.Repeat(AddressIdCopies.Of(new string('u', 255), uint.MaxValue >> 8, new string('t', 255)), AddressIdsTold.MostCopies).ToArray();
        Assert.All(
            new object[] { new LegsLearned(news), new Greeting(member, new(true, 1, address), true), new AddressIdsTold(long.MaxValue, copies) },
            message => Assert.InRange(_serializer.ToBinary(message).Length, 1000, 64_000));
    }

    [Fact]
    public void A_message_cut_anywhere_is_unreadable()
    {
        foreach (var message in Samples)
        {
            var octets = _serializer.ToBinary(message);
            for (var length = 0; length < octets.Length; length++)
                Assert.IsType<Unreadable>(_serializer.FromBinary(octets[..length], _serializer.Manifest(message)));
        }
    }

    [Fact]
    public void Octets_behind_a_message_make_it_unreadable()
    {
        Assert.All(Samples, message =>
            Assert.IsType<Unreadable>(_serializer.FromBinary([.. _serializer.ToBinary(message), 0], _serializer.Manifest(message))));
    }

    [Fact]
    public void No_octet_makes_reading_fail()
    {
        var random = new Random(64);
        foreach (var message in Samples)
        {
            var manifest = _serializer.Manifest(message);
            var octets = _serializer.ToBinary(message);
            for (var i = 0; i < octets.Length; i++)
            {
                for (var value = 0; value < 256; value++)
                {
                    var changed = octets.ToArray();
                    changed[i] = (byte)value;
                    Assert.True(_serializer.FromBinary(changed, manifest) is IMemberMessage or Unreadable);
                }
            }
            for (var i = 0; i < 1000; i++)
            {
                var noise = new byte[random.Next(200)];
                random.NextBytes(noise);
                Assert.True(_serializer.FromBinary(noise, manifest) is IMemberMessage or Unreadable);
            }
        }
    }

    [Theory]
    [InlineData("greeting.2")]
    [InlineData("System.Diagnostics.Process, System.Diagnostics.Process")]
    [InlineData("")]
    public void A_kind_that_is_not_known_is_unreadable(string manifest) =>
        Assert.IsType<Unreadable>(_serializer.FromBinary(_serializer.ToBinary(Samples[0]), manifest));

    [Fact]
    public void A_name_that_is_none_is_refused()
    {
        var nasty = Announcements.Of("evil\n", 1);
        Assert.IsType<Unreadable>(_serializer.FromBinary(_serializer.ToBinary(new Greeting(nasty, ClusterView.None, false)), "greeting.1"));
    }

    [Fact]
    public async Task An_unreadable_kind_is_complained_of_once()
    {
        var heard = new List<string>();
        var listener = _system.ActorOf(Props.Create(() => new Listener(heard)));
        _system.EventStream.Subscribe(listener, typeof(Warning));

        for (var i = 0; i < 10; i++)
            _serializer.FromBinary([], "future.9");
        await listener.GracefulStop(TimeSpan.FromSeconds(30));

        Assert.Contains("future.9", Assert.Single(heard));
    }

    private static IMemberMessage[] Samples =>
    [
        new Greeting(Announcements.Of("g1", 1, "relay"), new(true, 1, "akka.tcp://socks64@127.0.0.1:4053"), true),
        new Farewell(new("akka.tcp://socks64@127.0.0.1:4053", 1)),
        new LegsLearned([new(new("r1", "x1", IpFamily.V6), true, TimeSpan.FromSeconds(1))]),
        new AddressIdsTold(7, [AddressIdCopies.Of("alice", 0xA1B2C3, "example.com"), AddressIdCopies.Of(IpLiteral.Parse("192.0.2.1"), 1, IpLiteral.Parse("2001:db8::1"))]),
        new AddressIdsHeld(7, [0, 99]),
    ];

    private (string Manifest, object Read) Carry(object message)
    {
        var manifest = _serializer.Manifest(message);
        return (manifest, _serializer.FromBinary(_serializer.ToBinary(message), manifest));
    }

    private sealed class Listener(List<string> heard) : UntypedActor
    {
        protected override void OnReceive(object message) => heard.Add($"{((Warning)message).Message}");
    }
}
