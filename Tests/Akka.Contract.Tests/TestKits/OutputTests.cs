using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;
using Xunit.Abstractions;

namespace Akka.Contract.Tests.TestKits;

public sealed class OutputTests : ContractTest
{
    private readonly Lines _lines;

    public OutputTests()
        : this(new Lines())
    {
    }

    private OutputTests(Lines lines)
        : base("", lines) => _lines = lines;

    [Fact]
    public void What_the_system_logs_goes_to_the_output_of_the_test()
    {
        Log.Warning("for the record");
        AwaitAssert(() => Assert.Contains(_lines.Written, line => line.Contains("for the record")));
    }

    [Fact]
    public void Another_systems_log_goes_there_with_a_prefix()
    {
        var other = ActorSystem.Create("other", Sys.Settings.Config);
        try
        {
            InitializeLogger(other, "[other] ");
            other.Log.Warning("from afar");
            AwaitAssert(() => Assert.Contains(_lines.Written, line => line.StartsWith("[other] ") && line.Contains("from afar")));
        }
        finally
        {
            Shutdown(other);
        }
    }

    private sealed class Lines : ITestOutputHelper
    {
        public ConcurrentQueue<string> Written { get; } = new();

        public void WriteLine(string message) => Written.Enqueue(message);

        public void WriteLine(string format, params object[] args) => Written.Enqueue(string.Format(null, format, args));
    }
}
