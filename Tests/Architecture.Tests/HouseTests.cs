using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>What every room has, and what none has.</summary>
public class HouseTests
{
    private const int MostLines = 500;

    public static TheoryData<string> Projects => [.. Repository.Projects.Select(project => project.Folder)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_opens_with_a_readme_of_one_screen(string folder)
    {
        Assert.True(File.Exists(Path.Join(Repository.Root, folder, "README.md")), $"{folder}/README.md is missing");
        Assert.InRange(Repository.Text($"{folder}/README.md").Split('\n').Length, 2, 60);
    }

    [Fact]
    public void No_file_of_code_is_longer_than_500_lines()
    {
        var tooLong = Repository.Files(".cs", ".c", ".h", ".sh", ".js", ".ts", ".css")
            .Select(file => (file, lines: Repository.Text(file).AsSpan().Count('\n')))
            .Where(entry => entry.lines > MostLines);
        Assert.Empty(tooLong);
    }

    [Fact]
    public void A_file_is_called_as_a_type_in_it()
    {
        var strangers = Repository.Files(".cs")
            .Where(file => file.StartsWith("Gateway.", StringComparison.Ordinal) || file.StartsWith("SocksLib/", StringComparison.Ordinal))
            .Where(file => Path.GetFileName(file) is not "Program.cs" && !IsCollection(file))
            .Where(file => !Declares(Repository.Text(file), Path.GetFileName(file).Split('.')[0]));
        Assert.Empty(strangers);
    }

    /// <summary>What one actor is told stands together, and so do the kernel's structures; a plural is the name of such a file.</summary>
    private static bool IsCollection(string file) =>
        file.EndsWith("Messages.cs", StringComparison.Ordinal) || file.EndsWith("Structures.cs", StringComparison.Ordinal);

    private static bool Declares(string text, string type) => Regex.IsMatch(text, $@"\b(class|struct|record|interface|enum)\s+{type}\b");
}
