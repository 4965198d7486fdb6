using System.Diagnostics;
using Gateway.Node.Logging;
using Testing;

namespace Gateway.Node.Tests.Logging;

/// <summary>The real logrotate, with a log that is being written.</summary>
public sealed class LogrotateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("socks64-");

    public void Dispose() => _folder.Delete(recursive: true);

    [ToolFact("logrotate")]
    public Task Nothing_is_lost_when_the_file_is_moved_and_not_made_again() => AssertRotatesAsync("nocreate");

    [ToolFact("logrotate")]
    public Task Nothing_is_lost_when_an_empty_file_is_made_in_its_place() => AssertRotatesAsync("create 0640");

    [ToolFact("logrotate")]
    public Task Nothing_is_lost_when_the_file_is_copied_and_cut() => AssertRotatesAsync("copytruncate");

    private async Task AssertRotatesAsync(string mode)
    {
        var name = Path.Join(_folder.FullName, "socks64.log");
        var settings = Path.Join(_folder.FullName, "rotate.conf");
        File.WriteAllText(settings, $"{name} {{\n  rotate 3\n  missingok\n  {mode}\n}}\n");
        using var log = new LogFile(name);
        log.Write("before\n"u8);
        await RotateAsync(settings);
        log.Write("between\n"u8);
        await RotateAsync(settings);
        log.Write("after\n"u8);
        Assert.Equal(("before\n", "between\n", "after\n"), (File.ReadAllText(name + ".2"), File.ReadAllText(name + ".1"), File.ReadAllText(name)));
    }

    private async Task RotateAsync(string settings)
    {
        using var logrotate = Process.Start(new ProcessStartInfo("logrotate", ["--force", "--state", Path.Join(_folder.FullName, "state"), settings]) { RedirectStandardError = true })!;
        var said = await logrotate.StandardError.ReadToEndAsync().WaitAsync(Eventually.Patience);
        await logrotate.WaitForExitAsync().WaitAsync(Eventually.Patience);
        Assert.True(logrotate.ExitCode == 0, said);
    }
}
