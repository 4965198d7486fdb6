namespace Gateway.Actors.Settings.Reading;

/// <summary>A place in one file that moves forward; what it passes goes to the flat text, except what it skips.</summary>
internal sealed class SourceCursor(string file, string text, FlatText flat)
{
    private int _index;
    private int _line = 1;
    private int _lineStart;

    public string File => file;

    public bool AtEnd => _index >= text.Length;

    /// <summary>The character here, or NUL at the end.</summary>
    public char Current => Ahead(0);

    public SourcePosition Position => new(file, _line, _index - _lineStart + 1);

    public char Ahead(int count) => _index + count < text.Length ? text[_index + count] : '\0';

    public bool StartsWith(string value) => string.CompareOrdinal(text, _index, value, 0, value.Length) == 0;

    /// <summary>The rest of the line, for patterns.</summary>
    public ReadOnlySpan<char> RestOfLine
    {
        get
        {
            var rest = text.AsSpan(_index);
            var end = rest.IndexOf('\n');
            return end < 0 ? rest : rest[..end];
        }
    }

    public char Take()
    {
        var c = Advance();
        flat.Append(c, () => Position);
        return c;
    }

    public void Take(int count)
    {
        while (count-- > 0)
            Take();
    }

    public void Skip(int count = 1)
    {
        while (count-- > 0)
            Advance();
    }

    private char Advance()
    {
        var c = text[_index++];
        if (c == '\n')
            (_line, _lineStart) = (_line + 1, _index);
        return c;
    }
}
