using Akka.Configuration;

namespace Akka.TestKit.Configs;

/// <summary>Configurations to start a test class with.</summary>
public static class TestConfigs
{
    /// <summary>What every test class gets underneath its own configuration.</summary>
    public static Config DefaultConfig => TestKitBase.DefaultConfig;

    /// <summary>The default one with <see cref="TestScheduler"/> in place of the clock.</summary>
    public static Config TestSchedulerConfig { get; } = ConfigurationFactory
        .ParseString("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
        .WithFallback(DefaultConfig);
}
