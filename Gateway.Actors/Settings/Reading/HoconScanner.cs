using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Actors.Settings.Reading;

/// <summary>
/// Walks HOCON text beside the parser and keeps what the parser forgets: where each key stands. On the way it puts included
/// files in the place of their <c>include</c>, so that later keys override earlier ones whichever file they are in, and refuses
/// unquoted text that parsers read differently (<c>127.0.0.1:1080</c>). It reads no values.
/// </summary>
internal sealed partial class HoconScanner
{
    private const string ReservedInText = "$\"{}[]:=,+#`^?!@*&\\";

    private readonly Func<string, string?> _read;
    private readonly FlatText _flat = new();
    private readonly Dictionary<string, SourcePosition> _keys = [];
    private readonly Dictionary<string, List<SourcePosition>> _definitions = [];
    private readonly Dictionary<string, int> _itemCounts = [];
    private readonly List<SettingsProblem> _problems = [];
    private readonly Stack<string> _open = new();

    private HoconScanner(Func<string, string?> read) => _read = read;

    /// <param name="files">Read as one, in this order.</param>
    /// <param name="read">The text of a file, or null when it cannot be read.</param>
    public static ScannedSettings Scan(IEnumerable<string> files, Func<string, string?> read)
    {
        var scanner = new HoconScanner(read);
        foreach (var file in files)
        {
            if (read(file) is { } text)
                scanner.File(file, text, "");
            else
                scanner._problems.Add(new(null, file, "the file cannot be read"));
        }
        return new ScannedSettings(scanner._flat, scanner._keys, scanner._definitions, scanner._problems);
    }

    private void File(string file, string text, string prefix)
    {
        _open.Push(Path.GetFullPath(file));
        var cursor = new SourceCursor(file, text, _flat);
        _flat.ContinueAt(cursor.Position);
        try
        {
            Root(cursor, prefix);
        }
        catch (HoconSyntaxException e)
        {
            _problems.Add(new(e.Position, "", e.Message));
        }
        _open.Pop();
    }

    private void Root(SourceCursor cursor, string prefix)
    {
        PassSeparators(cursor);
        if (cursor.Current != '{')
        {
            Body(cursor, prefix, opened: null);
            return;
        }
        var opened = cursor.Position;
        cursor.Skip();
        Body(cursor, prefix, opened);
        cursor.Skip();
        PassSeparators(cursor);
        if (!cursor.AtEnd)
            throw new HoconSyntaxException(cursor.Position, "nothing can follow the closing '}' of the file");
    }

    /// <summary>Fields up to the closing brace, which stays, or to the end of the file when no brace was opened.</summary>
    private void Body(SourceCursor cursor, string path, SourcePosition? opened)
    {
        while (true)
        {
            PassSeparators(cursor);
            if (cursor.AtEnd && opened is { } start)
                throw new HoconSyntaxException(start, "this '{' is never closed");
            if (cursor.AtEnd || (cursor.Current == '}' && opened is not null))
                return;
            if (cursor.Current is '}' or ']')
                throw new HoconSyntaxException(cursor.Position, $"'{cursor.Current}' closes nothing");
            if (IncludeStatement().Match(cursor.RestOfLine.ToString()) is { Success: true } include)
                Include(cursor, path, include);
            else if (IncludeWord().IsMatch(cursor.RestOfLine.ToString()))
                throw new HoconSyntaxException(cursor.Position, "include needs the name of a file in quotes: include \"other.conf\"");
            else
                Field(cursor, path);
        }
    }

    private void Field(SourceCursor cursor, string parent)
    {
        var position = cursor.Position;
        var path = parent;
        var segments = Key(cursor);
        foreach (var segment in segments)
            _keys[path = KeyPath.Child(path, segment)] = position;
        Define(path, position);

        var append = cursor.StartsWith("+=");
        if (append)
            cursor.Take(2);
        else if (cursor.Current is '=' or ':')
            cursor.Take();
        else if (cursor.Current != '{')
            throw new HoconSyntaxException(position, $"expected '=' or '{{' after {path}");
        if (!append)
            _itemCounts[path] = 0;
        PassBlanks(cursor, lines: true);
        if (append && cursor.Current != '[')
            Item(cursor, path);
        else
            Value(cursor, path);
    }

    private List<string> Key(SourceCursor cursor)
    {
        var start = cursor.Position;
        List<string> segments = [];
        var segment = new StringBuilder();
        var quoted = false;
        while (!cursor.AtEnd && cursor.Current is not ('=' or ':' or '{' or '}' or '[' or ']' or ',' or '\n' or '#') && !cursor.StartsWith("+="))
        {
            if (cursor.Current == '"')
            {
                segment.Append(QuotedText(cursor));
                quoted = true;
            }
            else if (cursor.Current == '.')
            {
                cursor.Take();
                Close();
            }
            else
            {
                segment.Append(cursor.Take());
            }
        }
        Close();
        return segments;

        void Close()
        {
            var text = quoted ? segment.ToString().Trim(' ', '\t', '\r') : segment.ToString().Trim();
            if (text.Length == 0 && !quoted)
                throw new HoconSyntaxException(start, "a key is missing here");
            segments.Add(text);
            segment.Clear();
            quoted = false;
        }
    }

    /// <summary>One value, possibly made of several pieces (HOCON's concatenation).</summary>
    private void Value(SourceCursor cursor, string path)
    {
        var start = cursor.Position;
        var pieces = 0;
        for (; ; pieces++)
        {
            PassBlanks(cursor, lines: false);
            if (cursor.AtEnd || cursor.Current is '\n' or ',' or '}' or ']' || AtComment(cursor))
                break;
            switch (cursor.Current)
            {
                case '{': Object(cursor, path); break;
                case '[': Array(cursor, path); break;
                case '"': QuotedText(cursor); break;
                case '$' when cursor.Ahead(1) == '{': Substitution(cursor); break;
                default: UnquotedText(cursor); break;
            }
        }
        if (pieces == 0)
            throw new HoconSyntaxException(start, $"{path} has no value");
    }

    private void Object(SourceCursor cursor, string path)
    {
        var opened = cursor.Position;
        cursor.Take();
        Body(cursor, path, opened);
        cursor.Take();
    }

    private void Array(SourceCursor cursor, string path)
    {
        var opened = cursor.Position;
        cursor.Take();
        for (PassSeparators(cursor); cursor.Current != ']'; PassSeparators(cursor))
        {
            if (cursor.AtEnd)
                throw new HoconSyntaxException(opened, "this '[' is never closed");
            if (cursor.Current == '}')
                throw new HoconSyntaxException(cursor.Position, "'}' closes nothing");
            Item(cursor, path);
        }
        cursor.Take();
    }

    private void Item(SourceCursor cursor, string path)
    {
        var index = _itemCounts.GetValueOrDefault(path);
        _itemCounts[path] = index + 1;
        var item = KeyPath.Item(path, index);
        _itemCounts[item] = 0;
        _keys[item] = cursor.Position;
        Value(cursor, item);
    }

    private static string QuotedText(SourceCursor cursor)
    {
        var opened = cursor.Position;
        var text = new StringBuilder();
        if (cursor.StartsWith("\"\"\""))
        {
            cursor.Take(3);
            while (!cursor.StartsWith("\"\"\"") || cursor.Ahead(3) == '"')
                text.Append(cursor.AtEnd ? throw new HoconSyntaxException(opened, "this \"\"\" is never closed") : cursor.Take());
            cursor.Take(3);
            return text.ToString();
        }
        cursor.Take();
        while (cursor.Current != '"')
        {
            if (cursor.AtEnd || cursor.Current == '\n')
                throw new HoconSyntaxException(opened, "this quote is never closed");
            if (cursor.Current == '\\' && cursor.Ahead(1) != '\0')
                cursor.Take();
            text.Append(cursor.Take());
        }
        cursor.Take();
        return text.ToString();
    }

    private static void Substitution(SourceCursor cursor)
    {
        var opened = cursor.Position;
        while (cursor.Current != '}')
        {
            if (cursor.AtEnd || cursor.Current == '\n')
                throw new HoconSyntaxException(opened, "this '${' is never closed");
            cursor.Take();
        }
        cursor.Take();
    }

    private static void UnquotedText(SourceCursor cursor)
    {
        while (!cursor.AtEnd && cursor.Current is not ('\n' or ',' or '}' or ']' or '{' or '[' or '"') && !AtComment(cursor))
        {
            if (cursor.Current == '$' && cursor.Ahead(1) == '{')
                return;
            if (ReservedInText.Contains(cursor.Current))
                throw new HoconSyntaxException(cursor.Position, $"text with '{cursor.Current}' must stand in quotes");
            cursor.Take();
        }
    }

    private void Include(SourceCursor cursor, string path, Match statement)
    {
        var position = cursor.Position;
        cursor.Skip(statement.Length);
        var target = statement.Groups["file"].Value;
        if (statement.Groups["kind"].Value is "url" or "classpath" or "package")
            throw new HoconSyntaxException(position, "only files can be included: include \"other.conf\"");
        var file = Path.IsPathRooted(target) ? target : Path.Join(Path.GetDirectoryName(cursor.File), target);
        if (_read(file) is not { } text)
        {
            if (statement.Groups["required"].Success)
                _problems.Add(new(position, "", $"the required file {file} cannot be read"));
        }
        else if (_open.Contains(Path.GetFullPath(file)))
        {
            _problems.Add(new(position, "", $"{file} includes itself"));
        }
        else
        {
            File(file, text, path);
        }
        _flat.ContinueAt(cursor.Position);
    }

    private static void PassSeparators(SourceCursor cursor)
    {
        while (!cursor.AtEnd)
        {
            if (AtComment(cursor))
                PassComment(cursor);
            else if (cursor.Current == '\uFEFF')
                cursor.Skip();
            else if (cursor.Current == ',' || char.IsWhiteSpace(cursor.Current))
                cursor.Take();
            else
                return;
        }
    }

    private static void PassBlanks(SourceCursor cursor, bool lines)
    {
        while (!cursor.AtEnd && char.IsWhiteSpace(cursor.Current) && (lines || cursor.Current != '\n'))
            cursor.Take();
    }

    private static void PassComment(SourceCursor cursor)
    {
        while (!cursor.AtEnd && cursor.Current != '\n')
            cursor.Skip();
    }

    private static bool AtComment(SourceCursor cursor) => cursor.Current == '#' || (cursor.Current == '/' && cursor.Ahead(1) == '/');

    private void Define(string path, SourcePosition position)
    {
        if (!_definitions.TryGetValue(path, out var places))
            _definitions[path] = places = [];
        places.Add(position);
    }

    [GeneratedRegex("""^include[ \t]+(?<required>required\([ \t]*)?((?<kind>file|url|classpath|package)\([ \t]*)?"(?<file>[^"]+)"([ \t]*\))*""")]
    private static partial Regex IncludeStatement();

    [GeneratedRegex("""^include([ \t]|[=:({"]|$)""")]
    private static partial Regex IncludeWord();
}
