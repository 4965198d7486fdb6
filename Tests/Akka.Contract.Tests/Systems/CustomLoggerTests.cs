using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;

namespace Akka.Contract.Tests.Systems;

public sealed class CustomLoggerTests() : ContractTest("""
    akka { loglevel = WARNING, loggers = ["Akka.Contract.Tests.Systems.CustomLoggerTests+Recorder, Akka.Contract.Tests"] }
    """)
{
    [Fact]
    public void A_logger_of_an_applications_own_receives_what_is_at_least_as_urgent_as_the_level()
    {
        var name = Guid.NewGuid().ToString();
        var log = Logging.GetLogger(Sys, name);
        log.Info("not recorded");
        log.Warning("recorded {0}", 1);
        log.Error(new InvalidOperationException("cause"), "recorded 2");
        AwaitAssert(() => Assert.Equal(
            ["recorded 1", "recorded 2 cause"],
            Recorder.Events.Where(logged => logged.LogSource.Contains(name)).Select(logged => $"{logged.Message} {logged.Cause?.Message}".Trim())));
    }

    public sealed class Recorder : ReceiveActor
    {
        public Recorder()
        {
            Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
            Receive<LogEvent>(Events.Enqueue);
        }

        public static ConcurrentQueue<LogEvent> Events { get; } = new();
    }
}
