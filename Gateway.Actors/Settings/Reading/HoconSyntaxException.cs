namespace Gateway.Actors.Settings.Reading;

/// <summary>The text at <paramref name="position"/> is not HOCON; the rest of its file is not read.</summary>
internal sealed class HoconSyntaxException(SourcePosition position, string message) : Exception(message)
{
    public SourcePosition Position => position;
}
