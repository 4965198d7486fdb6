using Preload.Tests.Support;

namespace Preload.Tests;

/// <summary>The same scenarios, watched.</summary>
public sealed class CleanlinessTests
{
    public static TheoryData<string> Programs => ["connects", "nonblocking", "resolves", "datagrams", "listens", "descriptors"];

    [NeedsTheory]
    [MemberData(nameof(Programs))]
    public void Sanitizers_find_nothing(string program)
    {
        using var gateway = new FakeGateway();
        var environment = Execution.Settings(gateway, Own(program));
        // What waits for its reply when the program ends is no leak.
        environment["ASAN_OPTIONS"] = "detect_leaks=0:abort_on_error=0";
        var outcome = Execution.Run(Toolchain.Sanitized(program, "address,undefined"), [], environment);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.DoesNotContain("Sanitizer", outcome.Error, StringComparison.Ordinal);
    }

    [NeedsTheory]
    [MemberData(nameof(Programs))]
    public void The_thread_sanitizer_finds_nothing(string program)
    {
        using var gateway = new FakeGateway();
        var environment = Execution.Settings(gateway, Own(program));
        // "storm" forks while threads run, which is what it is there for.
        environment["TSAN_OPTIONS"] = "die_after_fork=0:exitcode=99";
        var outcome = Execution.Run(Toolchain.Sanitized(program, "thread"), [], environment);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
    }

    [NeedsTheory("valgrind")]
    [InlineData("nonblocking")]
    [InlineData("datagrams")]
    [InlineData("resolves")]
    public void The_locks_are_taken_in_order(string program)
    {
        using var gateway = new FakeGateway();
        var suppressions = Path.Combine(AppContext.BaseDirectory, "programs/helgrind.supp");
        var outcome = Execution.Socksified(gateway, "valgrind",
            ["-q", "--tool=helgrind", $"--suppressions={suppressions}", "--error-exitcode=99", Toolchain.Program(program)]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
    }

    [NeedsTheory("valgrind")]
    [InlineData("connects")]
    [InlineData("nonblocking")]
    [InlineData("datagrams")]
    [InlineData("listens")]
    public void Valgrind_finds_nothing(string program)
    {
        using var gateway = new FakeGateway();
        var outcome = Execution.Socksified(gateway, "valgrind",
            ["-q", "--error-exitcode=99", "--leak-check=full", "--show-leak-kinds=definite", "--errors-for-leak-kinds=definite", Toolchain.Program(program)], Own(program));
        Assert.True(outcome.ExitCode == 0, outcome.Error);
    }

    private static (string, string)[] Own(string program) => program == "listens" ? [("SOCKS64_BIND", "on")] : [];
}
