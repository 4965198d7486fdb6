namespace Gateway.Actors.Settings.Reading;

/// <summary>Where something stands in a settings file.</summary>
/// <param name="File">As the user named it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public readonly record struct SourcePosition(string File, int Line, int Column)
{
    public override string ToString() => $"{File}:{Line}";
}
