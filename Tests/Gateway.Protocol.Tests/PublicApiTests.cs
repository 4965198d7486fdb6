using Testing;

namespace Gateway.Protocol.Tests;

public class PublicApiTests
{
    [Fact]
    public void Public_api_is_the_approved_one() => PublicApi.Compare(typeof(SocksRequest).Assembly, "PublicApi.approved.txt");
}
