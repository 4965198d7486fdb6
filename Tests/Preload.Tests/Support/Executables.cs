namespace Preload.Tests.Support;

internal static class Executables
{
    /// <summary>The path of a program as the shell would find it, or in the system's own folders.</summary>
    public static string? Find(string name)
    {
        var path = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin:/usr/bin:/bin";
        return path.Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(PostgresFolders())
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Debian keeps the server's programs of each version apart.</summary>
    private static IEnumerable<string> PostgresFolders() =>
        Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => version + "/bin") : [];

    /// <summary>The interpreter itself where <paramref name="name"/> may be a shell script in front of it.</summary>
    public static string Interpreter(string name) => File.Exists($"/usr/bin/{name}") ? $"/usr/bin/{name}" : name;
}
