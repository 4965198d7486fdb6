namespace Akka.Event;

public class Warning : LogEvent
{
    public Warning(string logSource, Type logClass, object message)
    {
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    public Warning(Exception? cause, string logSource, Type logClass, object message)
        : this(logSource, logClass, message) => Cause = cause;

    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;
}
