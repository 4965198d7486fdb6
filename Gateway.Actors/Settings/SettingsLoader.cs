using Gateway.Actors.Settings.Reading;
using Hocon;

namespace Gateway.Actors.Settings;

/// <summary>Reads the settings files, and reports everything that is wrong with them at once.</summary>
public static class SettingsLoader
{
    /// <summary>Reads several files as one: what a later file says about a key holds. No file at all gives the defaults.</summary>
    /// <param name="files">As the user named them; problems name them so too.</param>
    /// <param name="read">The text of a file, or null when it cannot be read; the file system's when absent.</param>
    public static LoadedSettings Load(IEnumerable<string> files, Func<string, string?>? read = null)
    {
        var (context, root) = Parse(files, read);
        var settings = GatewayReader.Read(context, root);
        return new(settings, [.. context.Problems], context.Asked, new SettingsTree(root, context));
    }

    /// <summary>The text of the files as a tree; null when there is none or it cannot be read, which the context has the problems of.</summary>
    internal static (ReadingContext Context, SettingsNode? Root) Parse(IEnumerable<string> files, Func<string, string?>? read)
    {
        var context = new ReadingContext(HoconScanner.Scan(files, read ?? ReadFile));
        return (context, context.Source.Problems.Count == 0 ? ParseText(context) : null);
    }

    private static SettingsNode? ParseText(ReadingContext context)
    {
        if (string.IsNullOrWhiteSpace(context.Source.Text))
            return null;
        try
        {
            return SettingsNode.From(HoconConfigurationFactory.ParseString(context.Source.Text).Root, "");
        }
        catch (HoconParserException e)
        {
            context.Report(context.Source.Origin(e.LineNumber), e.Message);
            return null;
        }
    }

    private static string? ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
