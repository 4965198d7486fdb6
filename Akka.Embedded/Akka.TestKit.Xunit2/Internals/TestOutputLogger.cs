using Akka.Actor;
using Akka.Event;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>Writes what a system logs into the output of the test that runs it.</summary>
public class TestOutputLogger : ReceiveActor
{
    public TestOutputLogger(ITestOutputHelper output)
    {
        Receive<InitializeLogger>(initialize =>
        {
            initialize.LoggingBus.Subscribe(Self, typeof(LogEvent));
            Sender.Tell(new LoggerInitialized());
        });
        Receive<LogEvent>(logged => Write(output, logged));
    }

    private static void Write(ITestOutputHelper output, LogEvent logged)
    {
        try
        {
            output.WriteLine(logged.ToString());
        }
        catch (InvalidOperationException)
        {
            // The test is over: there is no output to write into any more.
        }
    }
}
