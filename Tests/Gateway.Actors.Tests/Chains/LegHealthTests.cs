using Gateway.Actors.Chains;
using Gateway.Protocol;
using SocksLib;

namespace Gateway.Actors.Tests.Chains;

public class LegHealthTests
{
    private static readonly Leg Own = new("e1", "r1", IpFamily.V6);
    private static readonly Leg Foreign = new("r1", "x1", IpFamily.V4);
    private readonly LegHealth _health = new("e1");

    [Fact]
    public void A_failure_ejects_that_leg_alone()
    {
        Report(Own, LegOutcome.Failed, at: 10);

        Assert.True(_health.IsEjected(Own, Seconds(10)));
        Assert.False(_health.IsEjected(Own with { Family = IpFamily.V4 }, Seconds(10)));
        Assert.False(_health.IsEjected(Own with { From = "e2" }, Seconds(10)));
        Assert.False(_health.IsEjected(Own with { To = "r2" }, Seconds(10)));
    }

    [Fact]
    public void One_silence_is_forgiven_and_two_in_a_row_eject()
    {
        Report(Own, LegOutcome.Silent, at: 1);
        Report(Own, LegOutcome.Alive, at: 2);
        Report(Own, LegOutcome.Silent, at: 3);
        Assert.False(_health.IsEjected(Own, Seconds(3)));

        Report(Own, LegOutcome.Silent, at: 4);
        Assert.True(_health.IsEjected(Own, Seconds(4)));
    }

    [Fact]
    public void An_answer_restores_a_leg_at_once()
    {
        Report(Own, LegOutcome.Failed, at: 10);
        Report(Own, LegOutcome.Alive, at: 10.1);

        Assert.False(_health.IsEjected(Own, Seconds(10.1)));
        Assert.Empty(_health.Ejected);
    }

    [Fact]
    public void A_leg_of_this_node_stays_ejected_until_a_probe_brings_it_back()
    {
        Report(Own, LegOutcome.Failed, at: 0);

        Assert.True(_health.IsEjected(Own, Seconds(1000)));
    }

    [Fact]
    public void A_leg_from_elsewhere_is_ordered_among_the_usable_when_its_time_has_come()
    {
        Report(Foreign, LegOutcome.Failed, at: 0);

        Assert.True(_health.IsEjected(Foreign, Seconds(0.9)));
        Assert.False(_health.IsEjected(Foreign, Seconds(1)));
    }

    [Fact]
    public void A_trial_is_given_to_one_at_a_time()
    {
        Report(Foreign, LegOutcome.Failed, at: 0);

        Assert.False(_health.TryBeginTrial(Foreign, Seconds(0.9)));
        Assert.True(_health.TryBeginTrial(Foreign, Seconds(1)));
        Assert.False(_health.TryBeginTrial(Foreign, Seconds(1)));
        Assert.True(_health.IsEjected(Foreign, Seconds(1)));
    }

    [Fact]
    public void The_delay_doubles_with_each_failed_trial_up_to_a_minute()
    {
        Report(Foreign, LegOutcome.Failed, at: 0);
        List<double> delays = [];
        for (var trial = 0; trial < 8; trial++)
        {
            var due = _health.Ejected.Single().Due;
            Assert.True(_health.TryBeginTrial(Foreign, due));
            _health.Report(Foreign, LegOutcome.Failed, default, due);
            delays.Add((_health.Ejected.Single().Due - due).TotalSeconds);
        }

        Assert.Equal([2, 4, 8, 16, 32, 60, 60, 60], delays);
    }

    [Fact]
    public void Connections_that_fail_together_count_once()
    {
        for (var i = 0; i < 100; i++)
            Report(Own, LegOutcome.Failed, at: 5);

        Assert.Equal(new(Own, 1, Seconds(6)), _health.Ejected.Single());
    }

    [Fact]
    public void What_is_learned_at_first_hand_is_told_once()
    {
        List<LegNews> told = [];
        _health.Learned += told.Add;

        Report(Own, LegOutcome.Alive, at: 1);
        Report(Own, LegOutcome.Failed, at: 2);
        Report(Own, LegOutcome.Failed, at: 2);
        Report(Own, LegOutcome.Alive, at: 3);
        Report(Own, LegOutcome.Alive, at: 4);

        Assert.Equal([new(Own, true, Seconds(2)), new(Own, false, Seconds(3))], told);
    }

    [Fact]
    public void News_are_taken_in_and_not_told_again()
    {
        _health.Learned += news => Assert.Fail($"told: {news}");

        _health.Hear(new(Foreign, true, Seconds(2)));
        Assert.True(_health.IsEjected(Foreign, Seconds(2.5)));

        _health.Hear(new(Foreign, false, Seconds(3)));
        Assert.False(_health.IsEjected(Foreign, Seconds(3)));
    }

    [Fact]
    public void Old_news_change_nothing()
    {
        Report(Own, LegOutcome.Alive, at: 10);
        _health.Hear(new(Own, true, Seconds(9)));

        Assert.False(_health.IsEjected(Own, Seconds(10)));
    }

    [Fact]
    public void News_of_a_leg_that_nobody_used_here_need_no_room_when_they_are_good()
    {
        var small = new LegHealth("e1") { Capacity = 1 };
        small.Hear(new(Foreign, false, Seconds(1)));
        small.Hear(new(Own, true, Seconds(1)));
        small.Hear(new(Own with { To = "r2" }, true, Seconds(1)));

        Assert.Equal([Own], small.Ejected.Select(ejected => ejected.Leg));
    }

    [Fact]
    public void A_server_that_is_there_anew_starts_with_a_clean_record()
    {
        Report(Own, LegOutcome.Failed, at: 1);
        Report(Foreign, LegOutcome.Failed, at: 1);
        _health.Forget("r1");

        Assert.Equal([Foreign], _health.Ejected.Select(ejected => ejected.Leg));
    }

    [Fact]
    public void Latency_follows_the_answers_slowly()
    {
        Assert.Null(_health.Latency(Own));
        _health.Report(Own, LegOutcome.Alive, TimeSpan.FromMilliseconds(100), Seconds(1));
        Assert.Equal(TimeSpan.FromMilliseconds(100), _health.Latency(Own));

        _health.Report(Own, LegOutcome.Alive, TimeSpan.FromMilliseconds(200), Seconds(2));
        Assert.Equal(TimeSpan.FromMilliseconds(120), _health.Latency(Own));
    }

    private void Report(Leg leg, LegOutcome outcome, double at) => _health.Report(leg, outcome, default, Seconds(at));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
