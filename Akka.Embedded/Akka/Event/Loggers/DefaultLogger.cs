using Akka.Actor;

namespace Akka.Event;

/// <summary>The logger of <c>akka.loggers</c> unless told otherwise: writes to the console.</summary>
public class DefaultLogger : ActorBase
{
    private MinimalLogger _console = null!;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                _console = Context.System.Settings.StdoutLogger;
                Sender.Tell(new LoggerInitialized());
                return true;
            case LogEvent logEvent:
                Print(logEvent);
                return true;
            default:
                return false;
        }
    }

    protected virtual void Print(LogEvent logEvent) => _console.Tell(logEvent, ActorRefs.NoSender);
}
