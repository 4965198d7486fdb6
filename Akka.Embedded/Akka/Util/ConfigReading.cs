using Akka.Configuration;

namespace Akka.Util;

/// <summary>Reads settings that must be there, because the reference has them, and must make sense.</summary>
internal static class ConfigReading
{
    public static string String(this Config config, string path) =>
        config.GetString(path) is { Length: > 0 } text ? text : throw new ConfigurationException($"{path}: a value is missing.");

    public static int Int(this Config config, string path, int least)
    {
        Require(config, path);
        var value = config.GetInt(path);
        return value >= least ? value : throw new ConfigurationException($"{path}: {value} is less than {least}.");
    }

    public static bool Switch(this Config config, string path)
    {
        Require(config, path);
        return config.GetBoolean(path);
    }

    public static TimeSpan Duration(this Config config, string path)
    {
        Require(config, path);
        return config.GetTimeSpan(path, null, allowInfinite: false);
    }

    public static TimeSpan DurationOrInfinite(this Config config, string path)
    {
        Require(config, path);
        return config.GetTimeSpan(path);
    }

    /// <summary>True if the value is neither an object nor a list.</summary>
    public static bool IsText(this Config config, string path) => config.GetValue(path) is { } value && value.IsString();

    private static void Require(Config config, string path)
    {
        if (!config.HasPath(path))
            throw new ConfigurationException($"{path}: a value is missing.");
    }
}
