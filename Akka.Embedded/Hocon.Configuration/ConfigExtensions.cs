using System.Diagnostics.CodeAnalysis;

namespace Hocon;

public static class ConfigExtensions
{
    public static bool IsNullOrEmpty([NotNullWhen(false)] this Config? config) => config is null || config.IsEmpty;

    [return: NotNullIfNotNull(nameof(fallback))]
    public static Config? SafeWithFallback(this Config? config, Config? fallback) =>
        config.IsNullOrEmpty() ? fallback : ReferenceEquals(config, fallback) ? config : config.WithFallback(fallback);
}
