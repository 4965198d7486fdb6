using Akka.Actor;
using Akka.Remote.Associations;

namespace Akka.Embedded.Tests.Remote;

public class QuarantineTests
{
    private static readonly Address Peer = new("akka.tcp", "lab", "h", 1);
    private long _now;

    [Fact]
    public void One_incarnation_is_given_up_and_not_the_next()
    {
        var quarantine = new Quarantine(TimeSpan.FromDays(5), () => _now);
        Assert.True(quarantine.Add(Peer, 1));
        Assert.False(quarantine.Add(Peer, 1));
        Assert.True(quarantine.Contains(Peer, 1));
        Assert.False(quarantine.Contains(Peer, 2));
    }

    [Fact]
    public void A_marker_goes_after_its_time()
    {
        var quarantine = new Quarantine(TimeSpan.FromSeconds(1), () => _now);
        quarantine.Add(Peer, 1);
        _now = 1001;
        Assert.False(quarantine.Contains(Peer, 1));
    }

    [Fact]
    public void There_are_never_too_many_markers()
    {
        var quarantine = new Quarantine(TimeSpan.FromDays(5), () => _now);
        for (var uid = 0; uid <= Quarantine.Capacity; uid++)
            quarantine.Add(Peer, uid);
        Assert.False(quarantine.Contains(Peer, 0));
        Assert.True(quarantine.Contains(Peer, 1));
    }

    [Fact]
    public void A_rate_limit_counts_what_it_holds_back()
    {
        var limit = new RateLimit(2, TimeSpan.FromSeconds(10), () => _now);
        _now = 100_000;
        Assert.True(limit.TryPass(out _));
        Assert.True(limit.TryPass(out _));
        Assert.False(limit.TryPass(out _));
        Assert.False(limit.TryPass(out _));
        _now += 10_000;
        Assert.True(limit.TryPass(out var suppressed));
        Assert.Equal(2, suppressed);
    }
}
