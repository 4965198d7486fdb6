namespace Socks64Actors.EndToEnd.Tests.Lab;

/// <summary>Programs that the tests drive, found where Debian installs them.</summary>
public static class Tools
{
    private static readonly string[] Folders =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Concat(["/usr/sbin", "/sbin", "/usr/local/sbin"]).Distinct().ToArray();

    public static string? Find(string name) =>
        Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Which of these programs this machine lacks; null when it has all.</summary>
    public static string? WhyNot(IEnumerable<string> tools)
    {
        var missing = tools.Where(tool => Find(tool) is null).ToArray();
        return missing.Length > 0 ? $"needs {string.Join(", ", missing)}" : null;
    }
}
