using Gateway.Node.Terminal;

namespace Gateway.Node.Tests.Terminal;

public class SheetTests
{
    private static readonly Column[] Columns = [new("NAME"), new("STATE", Least: 6), new("COUNT", IsNumber: true), new("USER", Least: 4, IsOptional: true), new("ROLES", IsOptional: true)];

    private static readonly Cell[][] Rows =
    [
        ["g1", "is not heard of", "7", "alice", "relay exit"],
        ["g2", "ready", "1,234", "bob", "entry"],
    ];

    [Fact]
    public void Where_there_is_room_nothing_is_cut()
    {
        Assert.Equal(
            """
            NAME  STATE            COUNT  USER   ROLES
            g1    is not heard of      7  alice  relay exit
            g2    ready            1,234  bob    entry
            """, Text(120));
    }

    [Fact]
    public void Wide_columns_are_narrowed_before_optional_ones_go_and_these_before_the_others()
    {
        Assert.Equal(
            """
            NAME  STATE    COUNT  USER   ROLES
            g1    is not…      7  alice  relay exit
            g2    ready    1,234  bob    entry
            """, Text(41));
        Assert.Equal(
            """
            NAME  STATE         COUNT  USER
            g1    is not hear…      7  alice
            g2    ready         1,234  bob
            """, Text(34));
        Assert.Equal(
            """
            NAME  STATE
            g1    is not…
            g2    ready
            """, Text(15));
    }

    [Fact]
    public void What_could_steer_the_terminal_is_shown_and_harmless()
    {
        Assert.Equal("a\uFFFD[2Jb\uFFFDc\uFFFDd", new Cell("a\u001b[2Jb\u202ec\nd").Text);
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.0 kB")]
    [InlineData(9949, "9.9 kB")]
    [InlineData(9950, "10 kB")]
    [InlineData(999_499, "999 kB")]
    [InlineData(999_500, "1.0 MB")]
    [InlineData(12_345_678_901, "12 GB")]
    public void Sizes_have_at_most_six_places(double octets, string shown) => Assert.Equal(shown, Figures.Octets(octets));

    [Theory]
    [InlineData(-1, "0s")]
    [InlineData(59, "59s")]
    [InlineData(60, "1m")]
    [InlineData(3600, "1h")]
    [InlineData(47 * 3600, "47h")]
    [InlineData(48 * 3600, "2d")]
    public void Ages_have_one_unit(int seconds, string shown) => Assert.Equal(shown, Figures.Age(TimeSpan.FromSeconds(seconds)));

    private static string Text(int width)
    {
        using var output = new StringWriter();
        Screen.Open(output, isTerminal: false, width).Write(Sheet.Of(Columns, Rows, width));
        return string.Join('\n', output.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd()));
    }
}
