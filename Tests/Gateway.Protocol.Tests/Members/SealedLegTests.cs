using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Protocol.Tests.Vectors;
using Microsoft.FSharp.Core;
using Testing;
using static Gateway.Protocol.Tests.Members.SealedLegs;

namespace Gateway.Protocol.Tests.Members;

public class SealedLegTests
{
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithMaxTest(200)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(1928, 1929), FSharpOption<int>.None)));

    /// <summary>The octets of the vectors come from another implementation of HMAC and HKDF.</summary>
    [Theory]
    [InlineData("M1")]
    public void Leg_is_sealed_as_the_documentation_shows(string row)
    {
        Assert.Equal(Convert.ToHexString(VectorTable.Octets(row)), Convert.ToHexString(Leg.Seal(Key, Recipient, Request).ToBytes()));
        var login = Splitter.ReadAtEveryPlace<PasswordRequest>(VectorTable.Octets(row));
        Assert.True(SealedLeg.Is(login));
        Assert.True(Key.Fits(login, Recipient, Request.ToBytes()));
        Assert.Equal(ReadStatus.Complete, SealedLeg.Read(login, out var leg));
        Assert.Equal(Leg, leg);
    }

    [Theory]
    [InlineData("M2")]
    public void Leg_of_a_client_that_did_not_log_in_names_no_user(string row)
    {
        var login = Splitter.ReadAtEveryPlace<PasswordRequest>(VectorTable.Octets(row));
        Assert.Equal(ReadStatus.Complete, SealedLeg.Read(login, out var leg));
        Assert.Equal(Leg with { Leg = Leg.Leg with { Client = IpLiteral.Parse("192.0.2.7"), User = null, HopsLeft = 0, Over = FamilyWish.Any } }, leg);
        Assert.True(MemberKey.Derive([]).Fits(login, Recipient, VectorTable.Octets("R3")));
    }

    [Fact]
    public void Legs_come_back() => Check.One(Repeatable, Prop.ForAll(Any.ToArbitrary(), leg =>
    {
        var login = Splitter.ReadAtEveryPlace<PasswordRequest>(leg.Seal(Key, Recipient, Request).ToBytes());
        Assert.Equal(ReadStatus.Complete, SealedLeg.Read(login, out var again));
        Assert.Equal(leg, again);
        Assert.True(Key.Fits(login, Recipient, Request.ToBytes()));
    }));

    [Fact]
    public void Any_octet_that_is_altered_breaks_the_seal()
    {
        var octets = Leg.Seal(Key, Recipient, Request).ToBytes();
        var nameLength = octets[1];
        for (var at = 2; at < octets.Length; at++)
        {
            // PLEN is no octet of the fields: altered, it makes another message.
            if (at == 2 + nameLength) continue;
            var altered = octets.ToArray();
            altered[at] ^= 0x40;
            Assert.True(PasswordRequest.TryRead(altered, out var login, out _));
            Assert.False(Key.Fits(login, Recipient, Request.ToBytes()), $"octet {at}");
        }
    }

    [Fact]
    public void Any_octet_of_the_request_that_is_altered_breaks_the_seal()
    {
        var login = Leg.Seal(Key, Recipient, Request);
        var request = Request.ToBytes();
        for (var at = 0; at < request.Length; at++)
        {
            var altered = request.ToArray();
            altered[at] ^= 0x01;
            Assert.False(Key.Fits(login, Recipient, altered), $"octet {at}");
        }
        Assert.False(Key.Fits(login, Recipient, request[..^1]));
        Assert.False(Key.Fits(login, Recipient, [.. request, 0]));
        Assert.False(Key.Fits(login, Recipient, []));
    }

    [Fact]
    public void Octets_cannot_move_from_one_field_to_the_next()
    {
        var login = Leg.Seal(Key, Recipient, Request);
        byte[] name = [.. login.Username, login.Password[0]];
        Assert.False(Key.Fits(new(new CountedOctets(name), new CountedOctets(login.Password[1..])), Recipient, Request.ToBytes()));
        Assert.False(Key.Fits(login, "g", [(byte)'2', .. Request.ToBytes()]));
    }

    [Fact]
    public void Seal_is_good_for_one_node_and_one_secret()
    {
        var login = Leg.Seal(Key, Recipient, Request);
        Assert.False(Key.Fits(login, "g3", Request.ToBytes()));
        Assert.False(Key.Fits(login, "G2", Request.ToBytes()));
        Assert.False(MemberKey.Derive("correct horse battery stapler"u8).Fits(login, Recipient, Request.ToBytes()));
        Assert.False(MemberKey.Derive([]).Fits(login, Recipient, Request.ToBytes()));
    }

    [Fact]
    public void Clients_are_no_members()
    {
        Assert.False(SealedLeg.Is(new PasswordRequest("alice", "s3cret")));
        Assert.False(SealedLeg.Is(new PasswordRequest("S64", "s3cret")));
        Assert.False(SealedLeg.Is(new PasswordRequest("\0S6", "s3cret")));
        Assert.Equal(ReadStatus.MalformedMemberLogin, SealedLeg.Read(new PasswordRequest("alice", "s3cret"), out _));
    }

    [Fact]
    public void Other_version_is_told_apart_from_rubbish()
    {
        var octets = VectorTable.Octets("M1");
        octets = [.. octets[..6], 2, .. octets[7..]];
        PasswordRequest.TryRead(octets, out var login, out _);
        Assert.Equal(ReadStatus.WrongVersion, SealedLeg.Read(login, out _));
    }

    /// <summary>Each replaces the octets from a place of UNAME or PASSWD of row M1 on, MAC aside.</summary>
    [Theory]
    [InlineData('u', 30, "05")] // OVER that is no wish
    [InlineData('u', 47, "6731FF")] // NODE that is no UTF-8
    [InlineData('u', 47, "67310A")] // NODE with a control character
    [InlineData('p', 0, "03")] // ATYP of a name
    [InlineData('p', 0, "0400000000000000000000FFFFC000020700")] // CLIENT mapped
    [InlineData('p', 0, "01C0000207")] // FLAG is missing
    [InlineData('p', 17, "00616C")] // nobody has a name
    [InlineData('p', 17, "01")] // somebody has none
    [InlineData('p', 17, "02616C")] // FLAG that is neither
    [InlineData('p', 17, "01C080")] // USER that is no UTF-8
    public void Field_that_is_no_such_thing_is_malformed(char field, int at, string octets)
    {
        var login = Leg.Seal(Key, Recipient, Request);
        var (name, word) = (login.Username.ToArray(), login.Password[..^MemberKey.MacLength].ToArray());
        var replaced = Convert.FromHexString(octets);
        if (field == 'u')
            name = [.. name[..at], .. replaced, .. name.Skip(at + replaced.Length)];
        else
            word = [.. word[..at], .. replaced];

        var malformed = new PasswordRequest(new CountedOctets(name), new CountedOctets([.. word, .. new byte[MemberKey.MacLength]]));
        Assert.Equal(ReadStatus.MalformedMemberLogin, SealedLeg.Read(malformed, out var leg));
        Assert.Equal(default, leg);
    }

    [Fact]
    public void Fields_that_end_too_early_are_malformed()
    {
        var login = Leg.Seal(Key, Recipient, Request);
        for (var count = 4; count < 48; count++)
            Assert.Equal(ReadStatus.MalformedMemberLogin, SealedLeg.Read(new(new CountedOctets(login.Username[..count]), new CountedOctets(login.Password)), out _));
        for (var count = 1; count < MemberKey.MacLength + 18; count++)
            Assert.Equal(ReadStatus.MalformedMemberLogin, SealedLeg.Read(new(new CountedOctets(login.Username), new CountedOctets(login.Password[^count..])), out _));
    }

    [Fact]
    public void Longest_names_fit_and_longer_ones_cannot_be_sealed()
    {
        var node = string.Concat(Enumerable.Repeat("€", 21));
        var user = new string('a', 190);
        var leg = Leg with { Leg = Leg.Leg with { Member = node, User = user } };
        Assert.Equal(ReadStatus.Complete, SealedLeg.Read(leg.Seal(Key, node, Request), out var again));
        Assert.Equal(leg, again);

        Assert.Throws<ArgumentException>(() => (leg with { Leg = leg.Leg with { Member = node + "x" } }).Seal(Key, node, Request));
        Assert.Throws<ArgumentException>(() => (leg with { Leg = leg.Leg with { Member = "a\nb" } }).Seal(Key, node, Request));
        Assert.Throws<ArgumentException>(() => (leg with { Leg = leg.Leg with { Member = "" } }).Seal(Key, node, Request));
        Assert.Throws<ArgumentException>(() => (leg with { Leg = leg.Leg with { User = user + "a" } }).Seal(Key, node, Request));
        Assert.Throws<ArgumentException>(() => (leg with { Leg = leg.Leg with { User = "" } }).Seal(Key, node, Request));
        Assert.Throws<ArgumentException>(() => leg.Seal(Key, node + "x", Request));
    }

    [Fact]
    public void Longest_fields_and_request_are_sealed_and_fit()
    {
        var request = new SocksRequest(SocksCommand.Connect, 0, new(SocksAddress.FromName(new string('n', 255)), 80));
        var leg = Leg with { Leg = Leg.Leg with { Member = new string('m', 63), User = new string('a', 190) } };
        var recipient = new string('r', 63);
        Assert.True(Key.Fits(leg.Seal(Key, recipient, request), recipient, request.ToBytes()));

        var full = new PasswordRequest(new CountedOctets(new byte[255]), new CountedOctets(new byte[255]));
        Assert.False(Key.Fits(full, recipient, new byte[SocksRequest.MaxLength]));
        Assert.False(Key.Fits(full, recipient, new byte[SocksRequest.MaxLength + 1]));
        Assert.False(Key.Fits(full, recipient + "r", []));
        Assert.False(Key.Fits(new PasswordRequest("u", "p"), recipient, []));
    }

    [Fact]
    public void Clients_address_is_canonical() =>
        Assert.Equal(IpLiteral.Parse("192.0.2.7"), (Leg.Leg with { Client = IpLiteral.Parse("::ffff:192.0.2.7") }).Client);

    [Fact]
    public void Any_input_is_borne_and_what_is_read_is_written_again()
    {
        var random = new Random(1929);
        var (name, word) = (new byte[255], new byte[255]);
        var login = Leg.Seal(Key, Recipient, Request);
        var (complete, malformed) = (0, 0);
        for (var number = 0; number < 50_000; number++)
        {
            var altered = new PasswordRequest(Alter(login.Username, name), Alter(login.Password, word));
            var status = SealedLeg.Read(altered, out var leg);
            Assert.True(status is ReadStatus.Complete or ReadStatus.MalformedMemberLogin or ReadStatus.WrongVersion);
            Assert.Equal(altered == login, Key.Fits(altered, Recipient, Request.ToBytes()));
            malformed += status == ReadStatus.MalformedMemberLogin ? 1 : 0;
            if (status != ReadStatus.Complete) continue;
            complete++;
            var again = leg.Seal(Key, Recipient, Request);
            Assert.Equal(Convert.ToHexString(altered.Username), Convert.ToHexString(again.Username));
            Assert.Equal(Convert.ToHexString(altered.Password[..^MemberKey.MacLength]), Convert.ToHexString(again.Password[..^MemberKey.MacLength]));
        }
        Assert.InRange(complete, 1_000, 49_000);
        Assert.InRange(malformed, 1_000, 49_000);

        CountedOctets Alter(ReadOnlySpan<byte> octets, byte[] room)
        {
            octets.CopyTo(room);
            var length = random.Next(6) == 0 ? random.Next(1, 256) : octets.Length;
            for (var accidents = random.Next(3); accidents > 0; accidents--)
                room[random.Next(length)] = (byte)random.Next(256);
            return new(room.AsSpan(0, length));
        }
    }

    [Fact]
    public void Seal_is_checked_without_allocating()
    {
        var login = Leg.Seal(Key, Recipient, Request);
        var request = Request.ToBytes();
        // The runtime sets itself up where code runs first; what the check allocates, it allocates each time.
        Assert.Contains(0, Enumerable.Range(0, 10).Select(_ => Measure()));

        long Measure()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Key.Fits(login, Recipient, request);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Key_and_mac_are_never_printed()
    {
        Assert.Equal("***", $"{Key}");
        var login = Leg.Seal(Key, Recipient, Request);
        var mac = Encoding.UTF8.GetString(login.Password[^MemberKey.MacLength..]);
        Assert.DoesNotContain(mac, $"{login} {Leg}");
    }
}
