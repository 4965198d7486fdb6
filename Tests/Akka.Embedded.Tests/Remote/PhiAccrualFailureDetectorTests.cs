using Akka.Remote;

namespace Akka.Embedded.Tests.Remote;

public class PhiAccrualFailureDetectorTests
{
    private long _now = 1000;

    [Fact]
    public void Who_was_never_heard_of_is_available()
    {
        var detector = Detector();
        Assert.True(detector.IsAvailable);
        Assert.False(detector.IsMonitoring);
    }

    [Fact]
    public void Suspicion_grows_with_silence_and_ends_with_a_heartbeat()
    {
        var detector = Regular(20);
        var previous = -1.0;
        for (var silence = 0; silence < 8; silence++)
        {
            Assert.True(detector.Phi >= previous);
            previous = detector.Phi;
            _now += 1000;
        }

        Assert.False(detector.IsAvailable);
        detector.HeartBeat();
        Assert.True(detector.IsAvailable);
    }

    [Fact]
    public void With_the_reference_settings_a_silent_member_is_suspected_within_four_to_six_seconds()
    {
        var detector = Regular(20);
        _now += 3900;
        Assert.True(detector.IsAvailable);
        _now += 2000;
        Assert.False(detector.IsAvailable);
    }

    [Fact]
    public void A_failure_does_not_make_the_detector_patient()
    {
        var detector = Regular(20);
        _now += 60_000;
        detector.HeartBeat();
        _now += 1000;
        detector.HeartBeat();
        _now += 6000;
        Assert.False(detector.IsAvailable);
    }

    [Fact]
    public void One_heartbeat_is_enough_to_be_missed()
    {
        var detector = Detector();
        detector.HeartBeat();
        _now += 10_000;
        Assert.False(detector.IsAvailable);
    }

    [Fact]
    public void Silence_for_ever_is_still_a_number()
    {
        var detector = Regular(3);
        _now += long.MaxValue / 4;
        Assert.False(detector.IsAvailable);
        Assert.False(double.IsNaN(detector.Phi));
    }

    private PhiAccrualFailureDetector Detector() => new(
        8, 1000, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1), () => _now);

    private PhiAccrualFailureDetector Regular(int heartbeats)
    {
        var detector = Detector();
        for (var i = 0; i < heartbeats; i++)
        {
            _now += 1000;
            detector.HeartBeat();
        }

        return detector;
    }
}
