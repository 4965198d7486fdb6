using Gateway.Actors.Access;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.Access;

public class GuessThrottleTests
{
    private static readonly ClientKey Client = ClientKey.Of(IpLiteral.Parse("192.0.2.1"));
    private static readonly ClientKey Other = ClientKey.Of(IpLiteral.Parse("192.0.2.2"));

    private static TimeSpan Second(double seconds) => TimeSpan.FromSeconds(seconds);

    private static GuessThrottle After(int failures, double at = 0)
    {
        var throttle = new GuessThrottle();
        for (var i = 0; i < failures; i++)
            throttle.Failed(Client, Second(at));
        return throttle;
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(7, 4)]
    [InlineData(11, 60)]
    [InlineData(1000, 60)]
    public void The_wait_doubles_with_each_failure_after_the_first_ones(int failures, int seconds) =>
        Assert.Equal(Second(seconds), After(failures).WaitOf(Client, Second(0)));

    [Fact]
    public void The_wait_ends_with_time()
    {
        var throttle = After(7, at: 100);
        Assert.Equal(Second(1), throttle.WaitOf(Client, Second(103)));
        Assert.Equal(TimeSpan.Zero, throttle.WaitOf(Client, Second(104)));
    }

    [Fact]
    public void Others_do_not_wait() => Assert.Equal(TimeSpan.Zero, After(100).WaitOf(Other, Second(0)));

    [Fact]
    public void A_success_forgets_all_failures()
    {
        var throttle = After(10);
        throttle.Succeeded(Client);
        throttle.Failed(Client, Second(0));
        Assert.Equal(TimeSpan.Zero, throttle.WaitOf(Client, Second(0)));
    }

    [Fact]
    public void A_long_quiet_time_forgets_all_failures()
    {
        var throttle = After(10);
        throttle.Failed(Client, TimeSpan.FromMinutes(16));
        Assert.Equal(TimeSpan.Zero, throttle.WaitOf(Client, TimeSpan.FromMinutes(16)));
    }

    [Fact]
    public void Only_so_many_clients_are_remembered_and_the_quietest_is_forgotten_first()
    {
        var throttle = new GuessThrottle { Capacity = 2, Free = 1 };
        var third = ClientKey.Of(IpLiteral.Parse("192.0.2.3"));
        throttle.Failed(Client, Second(0));
        throttle.Failed(Other, Second(0.1));
        throttle.Failed(Client, Second(0.2));
        throttle.Failed(third, Second(0.3));
        Assert.Equal(TimeSpan.Zero, throttle.WaitOf(Other, Second(0.3)));
        Assert.NotEqual(TimeSpan.Zero, throttle.WaitOf(Client, Second(0.3)));
        Assert.NotEqual(TimeSpan.Zero, throttle.WaitOf(third, Second(0.3)));
    }

    [Fact]
    public void All_addresses_of_an_ipv6_64_are_one_client()
    {
        Assert.Equal(ClientKey.Of(IpLiteral.Parse("2001:db8:1:2::1")), ClientKey.Of(IpLiteral.Parse("2001:db8:1:2:3:4:5:6")));
        Assert.NotEqual(ClientKey.Of(IpLiteral.Parse("2001:db8:1:2::1")), ClientKey.Of(IpLiteral.Parse("2001:db8:1:3::1")));
        Assert.Equal(ClientKey.Of(IpLiteral.Parse("192.0.2.1")), ClientKey.Of(IpLiteral.Parse("::ffff:192.0.2.1")));
        Assert.Equal("2001:db8:1:2::/64", ClientKey.Of(IpLiteral.Parse("2001:db8:1:2::1")).ToString());
    }
}
