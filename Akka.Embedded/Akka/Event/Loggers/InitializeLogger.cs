using Akka.Actor;

namespace Akka.Event;

/// <summary>The first message of a logger. It subscribes to what it wants beyond log events and answers <see cref="LoggerInitialized"/>.</summary>
public class InitializeLogger(LoggingBus loggingBus) : INoSerializationVerificationNeeded
{
    public LoggingBus LoggingBus { get; } = loggingBus;
}
