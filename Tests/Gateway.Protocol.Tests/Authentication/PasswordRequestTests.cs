using Gateway.Protocol.Tests.Vectors;
using Testing;

namespace Gateway.Protocol.Tests.Authentication;

public class PasswordRequestTests
{
    [Fact]
    public void Password_is_never_printed()
    {
        var request = new PasswordRequest("alice", "s3cret");

        Assert.Contains("alice", $"{request}");
        Assert.DoesNotContain("s3cret", $"{request}");
    }

    [Fact]
    public void Every_octet_may_stand_in_a_password()
    {
        var octets = Enumerable.Range(1, 255).Select(value => (byte)value).ToArray();
        var request = Splitter.ReadAtEveryPlace<PasswordRequest>([1, 1, (byte)'u', 255, .. octets]);
        Assert.Equal(octets, request.Password.ToArray());
    }

    [Theory]
    [InlineData("010001")]
    [InlineData("01016100")]
    public void Either_field_may_not_be_empty(string hex) =>
        Refusals.Check<PasswordRequest>(Convert.FromHexString(hex), ReadStatus.EmptyCredential, "0101");

    [Fact]
    public void Requests_differ_by_password() =>
        Assert.NotEqual(new PasswordRequest("alice", "one"), new PasswordRequest("alice", "two"));

    [Fact]
    public void Fields_longer_than_the_wire_has_room_for_cannot_be_made() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PasswordRequest(new string('u', 256), "p"));

    [Fact]
    public void Text_is_utf8() => Assert.Equal("ä"u8.ToArray(), new PasswordRequest("ä", "p").Username.ToArray());

    [Fact]
    public void Hash_code_is_that_of_equal_requests() =>
        Assert.Equal(new PasswordRequest("a", "b").GetHashCode(), new PasswordRequest(new CountedOctets("a"u8), new("b"u8)).GetHashCode());
}
