using System.Globalization;
using System.Text;

namespace Hocon.Reading;

/// <summary>A place in a text, with the lexical rules of HOCON: spaces, comments, quoted and unquoted text.</summary>
internal sealed class Cursor(string text, string? source)
{
    private const string Reserved = "$\"{}[]:=,+#`^?!@*&\\";

    private int _index;
    private int _line = 1;
    private int _lineStart;

    public bool AtEnd => _index >= text.Length;

    public char Current => text[_index];

    public Origin Here => new(source, _line, _index - _lineStart + 1);

    public bool AtComment => !AtEnd && (Current == '#' || LooksAt("//"));

    /// <summary>What stands here, for an error message.</summary>
    public string Described => AtEnd ? "the end of the text" : Current == '\n' ? "the end of the line" : $"'{Current}'";

    public static bool IsUnquoted(char c) => c != '\n' && !IsSpace(c) && !Reserved.Contains(c);

    public bool LooksAt(string expected) => text.AsSpan(_index).StartsWith(expected, StringComparison.Ordinal);

    /// <summary>The character behind a word that stands here; null at the end of the text.</summary>
    public char? CharAfter(string word) => _index + word.Length < text.Length ? text[_index + word.Length] : null;

    public void Advance(int count = 1)
    {
        for (; count > 0; count--)
        {
            if (text[_index++] != '\n') continue;
            _line++;
            _lineStart = _index;
        }
    }

    public char Take()
    {
        var c = Current;
        Advance();
        return c;
    }

    public bool TryTake(string expected)
    {
        if (!LooksAt(expected)) return false;
        Advance(expected.Length);
        return true;
    }

    public void SkipSpaces() => TakeSpaces();

    public string TakeSpaces()
    {
        var start = _index;
        while (!AtEnd && IsSpace(Current)) Advance();
        return text[start.._index];
    }

    /// <summary>Skips spaces, comments and line ends.</summary>
    /// <returns>Whether a line ended.</returns>
    public bool SkipBlank()
    {
        var line = _line;
        while (!AtEnd)
        {
            if (Current == '\n' || IsSpace(Current)) Advance();
            else if (AtComment) SkipLine();
            else break;
        }
        return _line != line;
    }

    public string TakeUnquoted()
    {
        var start = _index;
        while (!AtEnd && IsUnquoted(Current) && !AtComment) Advance();
        return text[start.._index];
    }

    /// <summary>A text in quotes or triple quotes.</summary>
    public string TakeQuoted(out ScalarKind kind)
    {
        kind = LooksAt("\"\"\"") ? ScalarKind.TripleQuoted : ScalarKind.Quoted;
        return kind == ScalarKind.TripleQuoted ? TakeTripleQuoted() : TakeSingleQuoted();
    }

    private void SkipLine()
    {
        while (!AtEnd && Current != '\n') Advance();
    }

    private string TakeTripleQuoted()
    {
        var start = Here;
        Advance(3);
        var from = _index;
        var end = text.IndexOf("\"\"\"", from, StringComparison.Ordinal);
        if (end < 0) throw start.Error("a \"\"\" text is not closed");
        // Quotes beyond three belong to the text: """a"""" is a".
        while (end + 3 < text.Length && text[end + 3] == '"') end++;
        Advance(end + 3 - from);
        return text[from..end];
    }

    private string TakeSingleQuoted()
    {
        var start = Here;
        Advance();
        var content = new StringBuilder();
        while (true)
        {
            if (AtEnd || Current == '\n') throw start.Error("a quoted text is not closed on its line");
            if (Current == '"') break;
            if (Current == '\\') content.Append(TakeEscape());
            else content.Append(Take());
        }
        Advance();
        return content.ToString();
    }

    private char TakeEscape()
    {
        var start = Here;
        Advance();
        if (AtEnd) throw start.Error("a quoted text ends within an escape");
        return Take() switch
        {
            '"' => '"',
            '\\' => '\\',
            '/' => '/',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => TakeUnicode(start),
            var other => throw start.Error($"'\\{other}' is no escape; a backslash is written \\\\"),
        };
    }

    private char TakeUnicode(Origin start)
    {
        if (_index + 4 > text.Length || !ushort.TryParse(text.AsSpan(_index, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            throw start.Error("\\u is followed by four hexadecimal digits");
        Advance(4);
        return (char)code;
    }

    private static bool IsSpace(char c) => c != '\n' && (char.IsWhiteSpace(c) || c is '\uFEFF' or (>= '\u001C' and <= '\u001F'));
}
