using Akka.Actor;
using Akka.Configuration;

namespace Akka.TestKit;

/// <summary>The settings under <c>akka.test</c>.</summary>
public class TestKitSettings : IExtension
{
    /// <exception cref="ConfigurationException"><c>akka.test.timefactor</c> is not positive.</exception>
    public TestKitSettings(Config config)
    {
        DefaultTimeout = config.GetTimeSpan("akka.test.default-timeout", TimeSpan.FromSeconds(5), false);
        SingleExpectDefault = config.GetTimeSpan("akka.test.single-expect-default", TimeSpan.FromSeconds(3), false);
        TestEventFilterLeeway = config.GetTimeSpan("akka.test.filter-leeway", TimeSpan.FromSeconds(3), false);
        TestTimeFactor = config.GetDouble("akka.test.timefactor", 1);
        if (TestTimeFactor <= 0)
            throw new ConfigurationException($"akka.test.timefactor must be positive, and is {TestTimeFactor}.");
    }

    /// <summary>A timeout for asks in tests (<c>akka.test.default-timeout</c>).</summary>
    public TimeSpan DefaultTimeout { get; }

    /// <summary>How long an expectation waits when it is not told (<c>akka.test.single-expect-default</c>).</summary>
    public TimeSpan SingleExpectDefault { get; }

    /// <summary>How long an event filter waits for what it expects (<c>akka.test.filter-leeway</c>).</summary>
    public TimeSpan TestEventFilterLeeway { get; }

    /// <summary>What timeouts are multiplied by, for slow machines (<c>akka.test.timefactor</c>).</summary>
    public double TestTimeFactor { get; }
}
