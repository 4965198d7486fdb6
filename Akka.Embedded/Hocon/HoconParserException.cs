using Hocon.Reading;

namespace Hocon;

/// <summary>
/// A text is no HOCON, or a substitution in it cannot be resolved. The message begins with the place: <c>gateway.conf:14:7: …</c>.
/// </summary>
public sealed class HoconParserException : Exception
{
    public HoconParserException()
    {
    }

    public HoconParserException(string message) : base(message)
    {
    }

    public HoconParserException(string message, Exception innerException) : base(message, innerException)
    {
    }

    internal HoconParserException(string message, Origin origin, Exception? cause) : base(message, cause)
    {
        LineNumber = origin.Line;
        LinePosition = origin.Column;
    }

    /// <summary>From 1; 0 if unknown.</summary>
    public int LineNumber { get; }

    /// <summary>The column, from 1; 0 if unknown.</summary>
    public int LinePosition { get; }
}
