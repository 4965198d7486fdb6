using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>What a system starts from.</summary>
public sealed class BootstrapSetup : Setup.Setup
{
    private readonly Config? _fallback;

    private BootstrapSetup(Option<Config> config, Config? fallback, Option<ProviderSelection> provider)
    {
        Config = config;
        _fallback = fallback;
        ActorRefProvider = provider;
    }

    public Option<Config> Config { get; }
    public Option<ProviderSelection> ActorRefProvider { get; }

    internal Config Merged => (Config.HasValue ? Config.Value : ConfigurationFactory.Load()).WithFallback(_fallback);

    public static BootstrapSetup Create() => new(Option<Config>.None, null, Option<ProviderSelection>.None);

    /// <summary>In place of the default configuration.</summary>
    public BootstrapSetup WithConfig(Config config) => new(config, _fallback, ActorRefProvider);

    /// <summary>Below the configuration.</summary>
    public BootstrapSetup WithConfigFallback(Config config) => new(Config, _fallback is null ? config : config.WithFallback(_fallback), ActorRefProvider);

    public BootstrapSetup WithActorRefProvider(ProviderSelection name) => new(Config, _fallback, name);
}
