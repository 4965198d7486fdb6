using Gateway.Actors.Members;
using Gateway.Actors.Settings;
using Gateway.Actors.Tests.Fakes;
using Gateway.Actors.Tests.Settings;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.Members;

public class MemberCheckTests
{
    private static readonly IpLiteral Far = IpLiteral.Parse("198.51.100.1");
    private static readonly SocksRequest Request = new(SocksCommand.Connect, 0, new(SocksAddress.FromName("example.com"), 80));

    private readonly FakeTime _here = new();
    private readonly FakeTime _there = new();
    private readonly FellowMember _member;

    public MemberCheckTests() => _member = new FellowMember { Time = _there };

    [Fact]
    public void Leg_of_a_member_says_what_the_entry_knows()
    {
        Assert.Equal(_member.Leg, Check().Check(_member.LogIn(Request), Request.ToBytes(), Far, out var refusal));
        Assert.Null(refusal);
    }

    [Fact]
    public void Each_login_is_another_although_nothing_has_changed()
    {
        var check = Check();
        for (var login = 0; login < 100; login++)
            Assert.Null(Refusal(check, _member.LogIn(Request)));
    }

    [Theory]
    [InlineData("another", "g2")]
    [InlineData("", "g2")]
    [InlineData(FellowMember.ClusterSecret, "g3")]
    public void Other_secrets_and_other_nodes_are_told(string secret, string meantFor)
    {
        var refusal = Refusal(Check(), (_member with { Secret = secret, MeantFor = meantFor }).LogIn(Request));
        Assert.Equal(
            "a member leg that says it is g1's: its seal does not fit; it has another cluster.secret, is meant for another node than g2, or was altered", refusal);
    }

    [Fact]
    public void Request_that_the_member_did_not_write_is_refused()
    {
        var other = new SocksRequest(SocksCommand.Bind, 0, Request.Destination);
        var leg = Check().Check(_member.LogIn(Request), other.ToBytes(), Far, out var refusal);
        Assert.Null(leg);
        Assert.Contains("or was altered", refusal);
    }

    [Theory]
    [InlineData(-120, null)]
    [InlineData(120, null)]
    [InlineData(-121, "stale by 121 s, and clocks may be 120 s apart")]
    [InlineData(121, "from the future by 121 s, and clocks may be 120 s apart")]
    [InlineData(-86_400, "stale by 86400 s")]
    public void Clocks_may_be_two_minutes_apart(int ahead, string? refusal)
    {
        _there.Advance(TimeSpan.FromSeconds(ahead));
        var told = Refusal(Check(), _member.LogIn(Request));
        if (refusal is null)
            Assert.Null(told);
        else
            Assert.Contains(refusal, told);
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(0)]
    public void Time_beyond_all_calendars_is_just_wrong(long time)
    {
        var login = new SealedLeg(time, 1, _member.Leg).Seal(Check().Key, "g2", Request);
        Assert.Contains("clocks may be", Refusal(Check(), login));
    }

    [Fact]
    public void Leg_is_taken_once_for_as_long_as_it_is_fresh()
    {
        var check = Check();
        _there.Advance(MemberCheck.Tolerance);
        var login = _member.LogIn(Request);
        Assert.Null(Refusal(check, login));
        for (var seconds = 0; seconds < 240; seconds += 10)
        {
            Assert.Contains("it has been here before", Refusal(check, login));
            _here.Advance(TimeSpan.FromSeconds(10));
        }
        Assert.Contains("it has been here before", Refusal(check, login));
        _here.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Contains("stale", Refusal(check, login));
    }

    [Fact]
    public void Refused_leg_does_not_spend_the_nonce_of_a_good_one()
    {
        var check = Check();
        var login = _member.LogIn(Request);
        check.Check(login, Request.ToBytes()[..^1], Far, out var refusal);
        Assert.NotNull(refusal);
        Assert.Null(Refusal(check, login));
    }

    [Fact]
    public void More_legs_than_can_be_told_apart_are_refused()
    {
        var check = Check(capacity: 64);
        var refusals = Enumerable.Range(0, 200).Select(_ => Refusal(check, _member.LogIn(Request))).OfType<string>().ToList();
        Assert.InRange(refusals.Count, 136, 199);
        Assert.All(refusals, refusal => Assert.Contains("too many came in 240 s to tell them apart", refusal));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("198.51.100.1", false)]
    [InlineData("fe80::1", false)]
    public void Without_a_secret_members_are_believed_on_loopback_alone(string peer, bool believed)
    {
        var check = Check(secret: null);
        var refusal = Refusal(check, (_member with { Secret = "" }).LogIn(Request), IpLiteral.Parse(peer));
        if (believed)
            Assert.Null(refusal);
        else
            Assert.Contains("without cluster.secret members are believed on loopback alone", refusal);
    }

    [Fact]
    public void With_a_secret_a_leg_without_one_is_refused_on_loopback_too() =>
        Assert.Contains("does not fit", Refusal(Check(), (_member with { Secret = "" }).LogIn(Request), IpLiteral.Parse("127.0.0.1")));

    [Fact]
    public void Node_outside_a_cluster_has_no_members() =>
        Assert.Null(MemberCheck.For(Files.Read($"socks64.cluster.secret = {FellowMember.ClusterSecret}"), _here));

    [Fact]
    public void Seeds_are_what_makes_a_node_part_of_a_cluster()
    {
        Assert.False(Files.Read("").Cluster.IsJoined);
        Assert.True(Files.Read("akka.cluster.seed-nodes = [\"akka.tcp://socks64@127.0.0.1:4053\"]").Cluster.IsJoined);
    }

    private static string? Refusal(MemberCheck check, in PasswordRequest login, IpLiteral? peer = null)
    {
        var leg = check.Check(login, Request.ToBytes(), peer ?? Far, out var refusal);
        Assert.Equal(leg is null, refusal is not null);
        return refusal;
    }

    private MemberCheck Check(string? secret = FellowMember.ClusterSecret, int capacity = 1 << 20)
    {
        var settings = new GatewaySettings
        {
            Node = new() { Name = FellowMember.Recipient },
            Cluster = new() { Secret = secret is null ? null : new(secret), IsJoined = true },
        };
        return MemberCheck.For(settings, _here, capacity)!;
    }
}
