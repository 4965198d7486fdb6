using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>docs/rfc3089.md promises a test for each item; here it is held to that.</summary>
public partial class ChecklistTests
{
    private const int Items = 35;

    private static readonly string[] Rows = [.. Repository.Text("docs/rfc3089.md").Split('\n').Where(line => Number().IsMatch(line))];

    [Fact]
    public void Every_item_is_there_once_and_in_order() =>
        Assert.Equal(Enumerable.Range(1, Items), Rows.Select(row => int.Parse(Number().Match(row).Groups[1].Value)));

    [Fact]
    public void Every_item_names_a_test_and_every_test_that_it_names_exists()
    {
        var tests = Repository.Files("Tests.cs").Where(file => file.StartsWith("Tests/", StringComparison.Ordinal))
            .SelectMany(file => Method().Matches(Repository.Text(file)).Select(match => $"{Path.GetFileNameWithoutExtension(file)}.{match.Groups[1].Value}"))
            .ToHashSet();
        Assert.All(Rows, row => Assert.Matches(Name(), row));
        Assert.All(Rows.SelectMany(row => Name().Matches(row)), name => Assert.Contains(name.Groups[1].Value, tests));
    }

    [GeneratedRegex(@"^\| (\d+) \|")]
    private static partial Regex Number();

    [GeneratedRegex(@"`(\w+\.\w+)`")]
    private static partial Regex Name();

    /// <summary>A method right behind the attributes of a test.</summary>
    [GeneratedRegex(@"(?:Fact|Theory)\b[^\n]*\n(?:\s*\[[^\n]*\n)*\s*public (?:async )?(?:Task|void) (\w+)\(")]
    private static partial Regex Method();
}
