namespace Hocon.Reading;

/// <summary>Where a piece of configuration was written: file (or another name of the text), line and column, both from 1.</summary>
internal readonly record struct Origin(string? Source, int Line, int Column)
{
    public override string ToString() => Source is null ? $"line {Line}, column {Column}" : $"{Source}:{Line}:{Column}";

    public HoconParserException Error(string message, Exception? cause = null) => new($"{this}: {message}", this, cause);
}
