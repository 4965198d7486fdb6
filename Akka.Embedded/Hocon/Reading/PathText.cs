using System.Text;

namespace Hocon.Reading;

/// <summary>Path expressions: <c>a.b."c.d"</c>.</summary>
internal static class PathText
{
    /// <exception cref="HoconParserException">The text is no path.</exception>
    public static IReadOnlyList<string> Parse(string text)
    {
        if (IsPlain(text)) return text.Split('.');
        var cursor = new Cursor(text, $"path '{text}'");
        cursor.SkipSpaces();
        var path = ReadPath(cursor);
        if (!cursor.AtEnd) throw cursor.Here.Error($"unexpected '{cursor.Current}' in a path; put the key in double quotes");
        return path;
    }

    /// <summary>Reads a path up to a character that cannot belong to one (a separator, a brace, the end).</summary>
    /// <param name="cursor">At the first character of the path.</param>
    public static IReadOnlyList<string> ReadPath(Cursor cursor)
    {
        var start = cursor.Here;
        var path = new List<string>();
        var key = new StringBuilder();
        var quoted = false;
        while (true)
        {
            var spaces = cursor.TakeSpaces();
            if (cursor.AtEnd || (!Cursor.IsUnquoted(cursor.Current) && cursor.Current != '"') || cursor.AtComment) break;
            if (key.Length > 0 || quoted) key.Append(spaces);
            if (cursor.Current == '"')
            {
                key.Append(cursor.TakeQuoted(out _));
                quoted = true;
            }
            else if (cursor.Current == '.')
            {
                EndKey();
                cursor.Advance();
            }
            else
            {
                key.Append(cursor.Take());
            }
        }
        EndKey();
        return path;

        void EndKey()
        {
            if (key.Length == 0 && !quoted)
            {
                throw path.Count == 0 && (cursor.AtEnd || cursor.Current != '.')
                    ? start.Error($"a key is expected, not {cursor.Described}")
                    : start.Error("a path has an empty key; write it as \"\"");
            }
            path.Add(key.ToString());
            key.Clear();
            quoted = false;
        }
    }

    public static string Render(IEnumerable<string> path) => string.Join('.', path.Select(RenderKey));

    public static string RenderKey(string key) =>
        key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? key : Printer.Quote(key);

    private static bool IsPlain(string text)
    {
        var previous = '.';
        foreach (var c in text)
        {
            if (c == '.' ? previous == '.' : !(char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) return false;
            previous = c;
        }
        return previous != '.';
    }
}
