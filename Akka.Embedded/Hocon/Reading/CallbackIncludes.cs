namespace Hocon.Reading;

/// <summary>Includes that the caller of the parser answers; null or an empty text means that there is none.</summary>
internal sealed class CallbackIncludes(HoconIncludeCallbackAsync callback, string? source, int depth) : Includes(source, depth)
{
    protected override Included? Open(Include include)
    {
        var type = include.Kind switch
        {
            IncludeKind.Url => HoconCallbackType.Url,
            IncludeKind.Classpath => HoconCallbackType.Resource,
            _ => HoconCallbackType.File,
        };
        try
        {
            var text = callback(type, include.Name).GetAwaiter().GetResult();
            return string.IsNullOrEmpty(text) ? null : new Included(text, new CallbackIncludes(callback, include.Name, Depth + 1));
        }
        catch (Exception cause) when (cause is not HoconParserException)
        {
            throw include.Origin.Error($"{include}: {cause.Message}", cause);
        }
    }
}
