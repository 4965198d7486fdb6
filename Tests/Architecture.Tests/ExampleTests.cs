using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>What the documentation shows of code is code that is built.</summary>
public class ExampleTests
{
    [Fact]
    public void Examples_of_the_managed_library_stand_in_its_sample()
    {
        var sample = Lines(Repository.Text("Samples/SocksLib.Sample/Examples.cs"));
        var examples = Regex.Matches(Repository.Text("docs/sockslib.md"), @"^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline);

        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Contains(Lines(example.Groups[1].Value), sample));
    }

    /// <summary>Without indentation.</summary>
    private static string Lines(string text) => string.Concat(text.TrimEnd().Split('\n').Select(line => line.Trim() + "\n"));
}
