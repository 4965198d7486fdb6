using Hocon.Reading;

namespace Hocon;

public sealed class HoconParser
{
    /// <param name="text">HOCON.</param>
    /// <param name="includeCallback">Answers include statements; without it they are read from files, relative to the working
    /// directory.</param>
    /// <exception cref="HoconParserException">The message begins with the place.</exception>
    public static HoconRoot Parse(string text, HoconIncludeCallbackAsync? includeCallback = null) =>
        new(HoconText.Read(text, includeCallback is null ? null : new CallbackIncludes(includeCallback, null, 0)));
}
