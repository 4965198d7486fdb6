using Gateway.Node.Logging;

namespace Gateway.Node.Tests.Logging;

/// <summary>A log whose file others move, cut and remove.</summary>
public sealed class LogFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("socks64-");

    private string Name => Path.Join(_folder.FullName, "a.log");

    private string Moved => Name + ".1";

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_follows_a_move_goes_to_a_new_file_of_the_name()
    {
        using var log = new LogFile(Name);
        log.Write("before\n"u8);
        File.Move(Name, Moved);
        log.Write("after\n"u8);
        Assert.Equal(("before\n", "after\n"), (File.ReadAllText(Moved), File.ReadAllText(Name)));
    }

    [Fact]
    public void What_follows_a_removal_goes_to_a_new_file_of_the_name()
    {
        using var log = new LogFile(Name);
        log.Write("before\n"u8);
        File.Delete(Name);
        log.Write("after\n"u8);
        Assert.Equal("after\n", File.ReadAllText(Name));
    }

    [Fact]
    public void What_follows_a_cut_stands_at_the_beginning()
    {
        using var log = new LogFile(Name);
        log.Write("before\n"u8);
        using (var other = new FileStream(Name, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            other.SetLength(0);
        log.Write("after\n"u8);
        Assert.Equal("after\n", File.ReadAllText(Name));
    }

    [Fact]
    public void A_file_that_is_there_is_added_to()
    {
        File.WriteAllText(Name, "yesterday\n");
        using var log = new LogFile(Name);
        log.Write("today\n"u8);
        Assert.Equal("yesterday\ntoday\n", File.ReadAllText(Name));
    }

    [Fact]
    public void A_name_that_cannot_be_opened_again_costs_no_record()
    {
        using var log = new LogFile(Name);
        log.Write("before\n"u8);
        File.Move(Name, Moved);
        Directory.CreateDirectory(Name);
        log.Write("after\n"u8);
        Assert.Equal("before\nafter\n", File.ReadAllText(Moved));
    }

    [Fact]
    public void A_file_that_cannot_be_had_is_named()
    {
        var missing = Path.Join(_folder.FullName, "missing", "a.log");
        Assert.Contains(missing, Assert.Throws<IOException>(() => LogFile.Check(missing)).Message, StringComparison.Ordinal);
    }
}
