using System.Text;

namespace Gateway.Actors.Settings.Reading;

/// <summary>The text that the HOCON parser gets: all files and their includes in one, with the way back from each line to its file.</summary>
internal sealed class FlatText
{
    private readonly StringBuilder _text = new();
    private readonly List<SourcePosition> _lines = [];

    /// <summary>From here on, what is appended comes from <paramref name="position"/>.</summary>
    public void ContinueAt(SourcePosition position)
    {
        if (_text.Length > 0)
            _text.Append('\n');
        _lines.Add(position);
    }

    /// <summary>Appends one character; a line break needs the file's next line.</summary>
    public void Append(char c, Func<SourcePosition> next)
    {
        _text.Append(c);
        if (c == '\n')
            _lines.Add(next());
    }

    /// <summary>Where line <paramref name="line"/> (from 1) of this text came from.</summary>
    public SourcePosition? Origin(int line) => line >= 1 && line <= _lines.Count ? _lines[line - 1] : null;

    public override string ToString() => _text.ToString();
}
