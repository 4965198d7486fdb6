namespace Akka.Event;

internal sealed class TemplateLogMessage(ILogMessageFormatter formatter, string format, object[] args) : LogMessage(formatter, format)
{
    public override string Unformatted() => $"{Format} [{string.Join(", ", args)}]";
    public override IEnumerable<object> Parameters() => args;
    public override string ToString() => Formatter.Format(Format, args);
}
