using System.Text;
using Gateway.Actors.Routing;

namespace Gateway.Actors.Tests.Routing;

public class NamePatternTests
{
    [Theory]
    [InlineData("www.example", "www.example", true)]
    [InlineData("www.example", "WWW.Example.", true)]
    [InlineData("WWW.example.", "www.EXAMPLE", true)]
    [InlineData("www.example", "xwww.example", false)]
    [InlineData("www.example", "a.www.example", false)]
    [InlineData("*.lab.example", "a.lab.example", true)]
    [InlineData("*.lab.example", "a.b.Lab.example.", true)]
    [InlineData("*.lab.example", "lab.example", false)]
    [InlineData("*.lab.example", ".lab.example", false)]
    [InlineData("*.lab.example", "xlab.example", false)]
    public void A_pattern_matches_a_name_or_the_names_below_one(string pattern, string name, bool matches)
    {
        Assert.True(NamePattern.TryParse(pattern, out var parsed));
        Assert.Equal(matches, parsed.Matches(Encoding.UTF8.GetBytes(name)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("*.")]
    [InlineData("*lab.example")]
    [InlineData("lab.*.example")]
    [InlineData("a..b")]
    [InlineData("a b")]
    public void What_is_no_pattern_is_not_read(string text) => Assert.False(NamePattern.TryParse(text, out _));
}
