using Akka.Cluster;

namespace Akka.Embedded.Tests.Cluster;

public class PauseWatchTests
{
    [Fact]
    public void Only_a_long_gap_is_a_pause()
    {
        long now = 0;
        var watch = new PauseWatch(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), () => now);
        Assert.False(watch.HasPaused());
        now += 1900;
        Assert.False(watch.HasPaused());
        now += 2100;
        Assert.True(watch.HasPaused());
        now += 1000;
        Assert.False(watch.HasPaused());
    }
}
