using System.Reflection;
using Hocon;
using Hocon.Reading;

namespace Akka.Configuration;

/// <summary>
/// Makes configurations from HOCON text. Every parse error is a <see cref="ConfigurationException"/> that begins with the place.
/// </summary>
public class ConfigurationFactory
{
    /// <summary>The settings of the engine itself, below every actor system's own.</summary>
    private const string Reference = "Akka.Configuration.akka.conf";

    public static Config Empty => Config.Empty;

    /// <summary>The engine's reference configuration.</summary>
    public static Config Default() => FromResource(Reference, typeof(ConfigurationFactory).Assembly);

    /// <summary>What an actor system gets that is created without a configuration: nothing beyond the reference.</summary>
    public static Config Load() => Config.Empty;

    public static Config ParseString(string hocon) => Read(() => HoconText.ReadObject(hocon));

    public static Config FromResource(string resourceName, object instanceInAssembly) =>
        FromResource(resourceName, instanceInAssembly switch
    {
        Type type => type.Assembly,
        Assembly assembly => assembly,
        _ => instanceInAssembly.GetType().Assembly,
    });

    public static Config FromResource<TAssembly>(string resourceName) => FromResource(resourceName, typeof(TAssembly).Assembly);

    public static Config FromResource(string resourceName, Assembly assembly) => Read(() => HoconText.ReadResource(resourceName, assembly));

    private static Config Read(Func<ObjectValue> read)
    {
        try
        {
            return new Config(read());
        }
        catch (HoconParserException cause)
        {
            throw new ConfigurationException(cause.Message, cause);
        }
    }
}
