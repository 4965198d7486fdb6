using System.Globalization;
using System.Text.RegularExpressions;
using Preload.Tests.Support;

namespace Preload.Tests;

/// <summary>
/// Web servers' own load tools, a new connection for each request: threads with epoll, poll in one thread, blocking threads, and
/// libev. <c>scripts/test-socksify-load.sh</c> runs them for longer, against nginx.
/// </summary>
public sealed class LoadTests
{
    private const string Web = "http://web.test/";

    [NeedsFact("wrk")]
    public void Wrk()
    {
        var output = Run("wrk", "-t", "4", "-c", "40", "-d", "2", Web);
        Assert.DoesNotContain("errors", output, StringComparison.Ordinal);
        Assert.True(Number(output, @"(\d+) requests in") > 100, output);
    }

    [NeedsFact("ab")]
    public void Apache_bench()
    {
        var output = Run("ab", "-q", "-n", "1000", "-c", "40", Web);
        Assert.Equal((1000, 0), (Number(output, @"Complete requests: +(\d+)"), Number(output, @"Failed requests: +(\d+)")));
    }

    [NeedsFact("siege")]
    public void Siege()
    {
        var output = Run("siege", "-b", "-c", "20", "-r", "25", "--no-parser", Web);
        Assert.Equal((500, 0), (Number(output, @"successful_transactions"":\s+(\d+)"), Number(output, @"failed_transactions"":\s+(\d+)")));
    }

    [NeedsFact("h2load")]
    public void H2load() =>
        Assert.Contains("1000 succeeded, 0 failed, 0 errored, 0 timeout", Run("h2load", "--h1", "-n", "1000", "-c", "40", "-t", "2", Web), StringComparison.Ordinal);

    private static string Run(string program, params string[] arguments)
    {
        using var gateway = new FakeGateway();
        using var home = new Folder();
        var outcome = Execution.Socksified(gateway, program, arguments, ("HOME", home.Path));
        Assert.True(outcome.ExitCode == 0, $"{outcome.Output}\n{outcome.Error}");
        return outcome.Output;
    }

    private static int Number(string output, string pattern) =>
        Regex.Match(output, pattern) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : -1;
}
