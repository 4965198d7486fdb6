namespace Akka.Event;

public class Info : LogEvent
{
    public Info(string logSource, Type logClass, object message)
    {
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    public Info(Exception? cause, string logSource, Type logClass, object message)
        : this(logSource, logClass, message) => Cause = cause;

    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;
}
