using System.Xml.Linq;

namespace Architecture.Tests;

/// <summary>The files of this repository, without what builds and runs leave in it.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["artifacts", "out", ".git", "bin", "obj", "node_modules"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths from the root with <c>/</c>, of files whose name ends so.</summary>
    public static IEnumerable<string> Files(params string[] endings) => Walk(Root)
        .Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))
        .Select(file => Path.GetRelativePath(Root, file))
        .Order(StringComparer.Ordinal);

    public static string Text(string file) => File.ReadAllText(Path.Join(Root, file));

    /// <summary>Every project, by name.</summary>
    public static IReadOnlyList<Project> Projects { get; } = [.. Files(".csproj").Select(file => new Project(file))];

    public static Project Project(string name) => Projects.Single(project => project.Name == name);

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder).Concat(Directory.EnumerateDirectories(folder)
            .Where(child => !NotOurs.Contains(Path.GetFileName(child)))
            .SelectMany(Walk));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Join(folder, "Socks64Actors.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Socks64Actors.sln");
        return folder;
    }
}

/// <summary>A project file, and what it says it needs.</summary>
internal sealed class Project(string file)
{
    private readonly XDocument _xml = XDocument.Parse(Repository.Text(file));

    public string Name => Path.GetFileNameWithoutExtension(file);

    /// <summary>From the root of the repository.</summary>
    public string Folder => Path.GetDirectoryName(file)!;

    public string[] Projects => [.. Includes("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))).Order(StringComparer.Ordinal)];

    public string[] Akka => [.. Includes("AkkaReference")];

    public string[] Packages => [.. Includes("PackageReference")];

    private IEnumerable<string> Includes(string item) => _xml.Descendants(item).Select(element => element.Attribute("Include")?.Value ?? "");
}
