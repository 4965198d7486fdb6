using Gateway.Actors.Listeners;
using Gateway.Actors.Members;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Tests.Members;

public class MemberEndpointsTests
{
    private static readonly string[] Machine = ["127.0.0.1", "192.0.2.7", "198.51.100.7", "::1", "2001:db8::7"];

    [Theory]
    [InlineData("192.0.2.7:1080", "192.0.2.7", "192.0.2.7:1080")]
    [InlineData("[2001:db8::7]:1080", "192.0.2.7", "[2001:db8::7]:1080")]
    [InlineData("0.0.0.0:1080", "192.0.2.7", "192.0.2.7:1080")]
    [InlineData("[::]:1080", "[2001:db8::9]", "[2001:db8::9]:1080")]
    [InlineData("[::]:1080", "192.0.2.7", "[2001:db8::7]:1080")]
    [InlineData("0.0.0.0:1080", "g1.example", "192.0.2.7:1080 198.51.100.7:1080")]
    [InlineData("127.0.0.1:1080", "192.0.2.7", "")]
    [InlineData("127.0.0.1:1080", "127.0.0.3", "127.0.0.1:1080")]
    [InlineData("[::1]:1080", "127.0.0.3", "[::1]:1080")]
    [InlineData("0.0.0.0:1080", "127.0.0.3", "127.0.0.3:1080")]
    [InlineData("[::]:1080", "localhost", "[::1]:1080")]
    [InlineData("127.0.0.1:1080", null, "127.0.0.1:1080")]
    public void A_listener_is_told_as_other_members_find_it(string listener, string? host, string expected) =>
        Assert.Equal(expected, Told(host, Door(listener)));

    [Fact]
    public void What_is_advertised_goes_before_all_else() =>
        Assert.Equal("203.0.113.1:9999", Told("192.0.2.7", Door("127.0.0.1:1080", advertise: "203.0.113.1:9999")));

    [Fact]
    public void Nothing_is_told_twice() =>
        Assert.Equal("192.0.2.7:1080", Told("192.0.2.7", Door("192.0.2.7:1080"), Door("0.0.0.0:1080")));

    private static string Told(string? host, params Door[] doors) =>
        string.Join(' ', MemberEndpoints.Of(doors, host, () => Machine.Select(IpLiteral.Parse)));

    private static Door Door(string listener, string? advertise = null)
    {
        var local = Endpoint(listener);
        return new(0, new() { Address = local, Advertise = advertise is null ? null : Endpoint(advertise) }, IpEndpoint.From(local));
    }

    private static LiteralEndpoint Endpoint(string text) => LiteralEndpoint.From(System.Net.IPEndPoint.Parse(text));
}
