using System.Reflection;
using Hocon.Reading;

namespace Hocon;

/// <summary>
/// Makes configurations from HOCON. Every parse error is a <see cref="HoconParserException"/> whose message begins with the place.
/// </summary>
public static class HoconConfigurationFactory
{
    public static Config Empty => Config.Empty;

    /// <summary>Reads a text; its includes are files, relative to the working directory.</summary>
    public static Config ParseString(string hocon) => new(HoconText.ReadObject(hocon));

    /// <summary>Reads a text whose includes the callback answers.</summary>
    public static Config ParseString(string hocon, HoconIncludeCallbackAsync? includeCallback) =>
        new(HoconParser.Parse(hocon, includeCallback));

    /// <summary>Reads a file; its includes are relative to it.</summary>
    /// <exception cref="ConfigurationException">There is no such file, also with <c>.conf</c> or <c>.hocon</c> behind its name.</exception>
    public static Config FromFile(string filePath)
    {
        string[] candidates = [filePath, filePath + ".hocon", filePath + ".conf"];
        var path = candidates.FirstOrDefault(File.Exists) ?? throw new ConfigurationException($"There is no HOCON file {filePath}.");
        return new Config(HoconText.ReadFile(path));
    }

    public static Config FromResource(string resourceName, object instanceInAssembly) =>
        FromResource(resourceName, instanceInAssembly switch
    {
        Type type => type.Assembly,
        Assembly assembly => assembly,
        _ => instanceInAssembly.GetType().Assembly,
    });

    public static Config FromResource<TAssembly>(string resourceName) => FromResource(resourceName, typeof(TAssembly).Assembly);

    public static Config FromResource(string resourceName, Assembly assembly) => new(HoconText.ReadResource(resourceName, assembly));
}
