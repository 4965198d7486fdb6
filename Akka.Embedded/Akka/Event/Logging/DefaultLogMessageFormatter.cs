using System.Globalization;

namespace Akka.Event;

/// <summary>Numbered places, as in <see cref="string.Format(string, object[])"/>. A template that does not fit its arguments is logged as it is, with them.</summary>
public class DefaultLogMessageFormatter : ILogMessageFormatter
{
    public static readonly DefaultLogMessageFormatter Instance = new();

    private DefaultLogMessageFormatter()
    {
    }

    public string Format(string format, params object[] args)
    {
        try
        {
            return string.Format(CultureInfo.InvariantCulture, format, args);
        }
        catch (FormatException)
        {
            return $"{format} [{string.Join(", ", args)}]";
        }
    }

    public string Format(string format, IEnumerable<object> args) => Format(format, args.ToArray());
}
