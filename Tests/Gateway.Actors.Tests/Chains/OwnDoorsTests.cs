using System.Net;
using Gateway.Actors.Chains;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.Chains;

public class OwnDoorsTests
{
    [Theory]
    [InlineData("192.0.2.1:1080", "192.0.2.1:1080", true)]
    [InlineData("192.0.2.1:1080", "192.0.2.1:1081", false)]
    [InlineData("0.0.0.0:1080", "127.0.0.1:1080", true)]
    [InlineData("0.0.0.0:1080", "192.0.2.7:1080", true)]
    [InlineData("0.0.0.0:1080", "192.0.2.8:1080", false)]
    [InlineData("[::]:1080", "[2001:db8::7]:1080", true)]
    [InlineData("[::]:1080", "192.0.2.7:1080", false)]
    public void A_listener_on_all_addresses_is_at_those_of_its_machine_and_family(string door, string endpoint, bool isAt)
    {
        IpLiteral[] machine = [IpLiteral.Parse("192.0.2.7"), IpLiteral.Parse("2001:db8::7")];
        Assert.Equal(isAt, OwnDoors.IsAt(Literal(door), Literal(endpoint), () => machine));
    }

    private static LiteralEndpoint Literal(string text) => LiteralEndpoint.From(IPEndPoint.Parse(text));
}
