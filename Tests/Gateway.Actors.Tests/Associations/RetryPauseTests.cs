using Gateway.Actors.Associations;

namespace Gateway.Actors.Tests.Associations;

public class RetryPauseTests
{
    [Fact]
    public void Pauses_grow_as_long_as_the_chain_breaks_soon()
    {
        var pause = new RetryPause();
        List<double> lengths = [];
        for (var loss = 0; loss < 8; loss++)
            lengths.Add((pause = pause.AfterLoss(TimeSpan.FromSeconds(59))).Length.TotalSeconds);
        Assert.Equal([0, 1, 2, 4, 8, 16, 16, 16], lengths);
    }

    [Fact]
    public void A_chain_that_stood_for_a_while_is_set_up_again_at_once()
    {
        var pause = new RetryPause(5).AfterLoss(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.Zero, pause.Length);
        Assert.Equal(TimeSpan.FromSeconds(1), pause.AfterLoss(TimeSpan.Zero).Length);
    }

    [Fact]
    public void There_is_always_a_pause_where_no_way_was_found()
    {
        Assert.Equal(TimeSpan.FromSeconds(1), new RetryPause().AfterFailure().Length);
        Assert.Equal(TimeSpan.FromSeconds(2), new RetryPause().AfterFailure().AfterFailure().Length);
        Assert.Equal(TimeSpan.FromSeconds(16), new RetryPause(6).AfterFailure().Length);
    }
}
