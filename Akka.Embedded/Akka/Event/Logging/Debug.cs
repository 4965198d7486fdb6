namespace Akka.Event;

public class Debug : LogEvent
{
    public Debug(string logSource, Type logClass, object message)
    {
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    public Debug(Exception? cause, string logSource, Type logClass, object message)
        : this(logSource, logClass, message) => Cause = cause;

    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;
}
