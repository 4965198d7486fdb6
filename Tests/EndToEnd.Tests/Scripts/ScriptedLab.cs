using Socks64Actors.EndToEnd.Tests.Lab;

namespace Socks64Actors.EndToEnd.Tests.Scripts;

/// <summary>A lab that <c>scripts/lab.sh</c> makes out of a description, under a name and with a folder of its own; taken down at the end.</summary>
public sealed class ScriptedLab : IDisposable
{
    private static int _count;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("socks64-scripted-");

    /// <param name="description">Null takes <c>hocon/lab.conf</c>.</param>
    public ScriptedLab(string? description)
    {
        File = Path.Combine(_folder.FullName, "lab.conf");
        if (description is null)
            File = Path.Combine(Repository.Root, "hocon/lab.conf");
        else
            System.IO.File.WriteAllText(File, description);
    }

    /// <summary>Of its namespaces <c>s64-NAME-HOST</c>.</summary>
    public string Name { get; } = $"t{Environment.ProcessId}x{Interlocked.Increment(ref _count)}";

    /// <summary>The description.</summary>
    public string File { get; }

    /// <summary>What the lab keeps while it is up.</summary>
    public IEnumerable<string> LeftBehind => _folder.EnumerateDirectories("socks64-lab-*").Select(folder => folder.FullName)
        .Concat(Folder("/run/netns")).Concat(Folder("/etc/netns"));

    /// <summary>How many gateways of this lab run, as the kernel's list of processes says.</summary>
    public int Gateways => Directory.GetDirectories("/proc").Count(process => CommandLine(process).Contains(_folder.FullName));

    public CommandResult Run(params string[] command) => Command.Run(Path.Combine(Repository.Root, "scripts/lab.sh"), ["-n", Name, .. command],
        limit: TimeSpan.FromSeconds(240),
        environment: new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = _folder.FullName, ["SOCKS64"] = GatewayBinary.Path });

    public CommandResult Up(params string[] options) => Run(["up", "-c", File, .. options]);

    /// <summary>The word of a host's line under a heading of the table that <c>status</c> prints.</summary>
    public string Status(string host, string heading)
    {
        var lines = Run("status").MustSucceed().Output.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        return lines.Single(line => line is [var first, ..] && first == host)[Array.IndexOf(lines[0], heading)];
    }

    /// <summary>A page, asked for on a host (null is this machine), as <c>curl</c> gives it.</summary>
    public CommandResult Curl(string? host, params string[] arguments)
    {
        string[] curl = ["curl", "-sS", "--max-time", "30", .. arguments];
        string[] line = host is null ? curl : ["ip", "netns", "exec", $"s64-{Name}-{host}", .. curl];
        return Command.Run(line[0], line[1..], limit: TimeSpan.FromSeconds(200));
    }

    public void Dispose()
    {
        if (LeftBehind.Any())
            Run("down");
        _folder.Delete(recursive: true);
    }

    /// <summary>Empty for what is no process, has ended since, or has ended and was not yet buried.</summary>
    private static string CommandLine(string process)
    {
        try
        {
            return System.IO.File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }

    private IEnumerable<string> Folder(string path) =>
        Directory.Exists(path) ? Directory.GetFileSystemEntries(path, $"s64-{Name}-*") : [];
}
