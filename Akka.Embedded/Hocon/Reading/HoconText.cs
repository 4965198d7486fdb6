using System.Reflection;

namespace Hocon.Reading;

/// <summary>The way from a text to its values; both public faces of the reader begin here.</summary>
internal static class HoconText
{
    /// <exception cref="HoconParserException">Says what is wrong, and where.</exception>
    public static Value Read(string text, Includes? includes = null) =>
        Resolver.Resolve(Parser.Parse(text, includes ?? FileIncludes.OfText(), []), Environment.GetEnvironmentVariable);

    /// <exception cref="HoconParserException">Also if the text is a list.</exception>
    public static ObjectValue ReadObject(string text, Includes? includes = null) =>
        Read(text, includes) switch
        {
            ObjectValue root => root,
            var other => throw other.Origin.Error($"a configuration is an object, not {ValueReader.Describe(other)}"),
        };

    public static ObjectValue ReadFile(string path) => ReadObject(File.ReadAllText(path), FileIncludes.OfFile(path));

    /// <exception cref="FileNotFoundException">The assembly has no such resource.</exception>
    public static ObjectValue ReadResource(string name, Assembly assembly)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"{assembly.GetName().Name} has no embedded resource {name}", name);
        using var reader = new StreamReader(stream);
        return ReadObject(reader.ReadToEnd(), FileIncludes.OfResource(name));
    }
}
