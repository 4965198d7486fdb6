using Akka.Actor;
using Akka.Event;

namespace Akka.Contract.Tests.Systems;

public sealed class LoggingTests() : ContractTest("akka.loglevel = DEBUG")
{
    [Fact]
    public void Each_level_has_its_event()
    {
        var log = Logging.GetLogger(Sys, "source");
        var events = Listen<LogEvent>();
        log.Debug("d");
        log.Info("i");
        log.Warning("w");
        log.Error("e");
        Assert.Equal(
            [LogLevel.DebugLevel, LogLevel.InfoLevel, LogLevel.WarningLevel, LogLevel.ErrorLevel],
            Own(events).Take(4).Select(logged => logged.LogLevel()));
    }

    [Fact]
    public void Placeholders_are_filled()
    {
        var log = Logging.GetLogger(Sys, "source");
        EventFilter.Info("2 of 3").ExpectOne(() => log.Info("{0} of {1}", 2, 3));
    }

    [Fact]
    public void An_exception_is_the_cause_of_an_error()
    {
        var log = Logging.GetLogger(Sys, "source");
        var events = Listen<Error>();
        log.Error(new InvalidOperationException("oops"), "failed at {0}", "noon");
        var error = events.ExpectMsg<Error>();
        Assert.Equal(("failed at noon", "oops"), (error.Message.ToString(), error.Cause!.Message));
    }

    [Fact]
    public void An_actors_log_tells_its_path()
    {
        var actor = Run((message, context) => context.GetLogger().Warning("{0}", message), "speaker");
        EventFilter.Warning("careful", source: "akka://test/user/speaker").ExpectOne(() => actor.Tell("careful"));
    }

    [Fact]
    public void A_level_that_is_off_is_not_published()
    {
        Sys.EventStream.SetLogLevel(LogLevel.WarningLevel);
        var log = Logging.GetLogger(Sys, "source");
        Assert.False(log.IsEnabled(LogLevel.DebugLevel) && log.IsInfoEnabled);
        Assert.True(log.IsWarningEnabled);
    }

    [Fact]
    public void Dead_letters_are_logged_at_info()
    {
        var actor = Idle("gone");
        StopAndWait(actor);
        EventFilter.Info(contains: "was not delivered").ExpectOne(() => actor.Tell("late", ActorRefs.NoSender));
    }

    [Fact]
    public void A_log_without_a_system_goes_nowhere()
    {
        var log = NoLogger.Instance;
        log.Info("nothing");
        Assert.False(log.IsInfoEnabled);
    }

    private static IEnumerable<LogEvent> Own(Akka.TestKit.TestProbe events)
    {
        while (true)
        {
            var logged = events.ExpectMsg<LogEvent>();
            if (logged.LogSource.StartsWith("source", StringComparison.Ordinal))
                yield return logged;
        }
    }
}
