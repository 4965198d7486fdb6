using Testing;

namespace SocksLib.Tests;

public class PublicApiTests
{
    [Fact]
    public void Public_api_is_the_approved_one() => PublicApi.Compare(typeof(ChainSetup).Assembly, "PublicApi.approved.txt");
}
