using Akka.Configuration;

namespace Akka.Embedded.Tests.Hocon;

public class UnitTests
{
    [Theory]
    [InlineData("250", 2_500_000)]
    [InlineData("0", 0)]
    [InlineData("150 ns", 2)]
    [InlineData("150us", 1_500)]
    [InlineData("1.5 ms", 15_000)]
    [InlineData("2 millis", 20_000)]
    [InlineData("1 second", 10_000_000)]
    [InlineData("0.5s", 5_000_000)]
    [InlineData("2m", 1_200_000_000)]
    [InlineData("3 hours", 108_000_000_000)]
    [InlineData("\"1 d\"", 864_000_000_000)]
    public void A_duration_is(string text, long ticks) => Assert.Equal(ticks, Parse(text).GetTimeSpan("v").Ticks);

    [Theory]
    [InlineData("512", 512)]
    [InlineData("512B", 512)]
    [InlineData("1kB", 1_000)]
    [InlineData("1 kilobyte", 1_000)]
    [InlineData("1k", 1_024)]
    [InlineData("1K", 1_024)]
    [InlineData("1 KiB", 1_024)]
    [InlineData("1.5m", 1_572_864)]
    [InlineData("2MB", 2_000_000)]
    [InlineData("2 mebibytes", 2_097_152)]
    [InlineData("128000b", 128_000)]
    [InlineData("7E", 8_070_450_532_247_928_832)]
    public void A_size_is(string text, long octets) => Assert.Equal(octets, Parse(text).GetByteSize("v"));

    [Theory]
    [InlineData("-5s")]
    [InlineData("5 fortnights")]
    [InlineData("off")]
    [InlineData("s")]
    [InlineData("\"\"")]
    [InlineData("[1s]")]
    [InlineData("99999999999999999d")]
    public void What_is_no_duration_is_an_error_with_its_place(string text)
    {
        var failure = Assert.Throws<ConfigurationException>(() => Parse(text).GetTimeSpan("v"));

        Assert.StartsWith("v: line 1, column 5: a duration (", failure.Message);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("5 XB")]
    [InlineData("8E")]
    [InlineData("1KB")]
    [InlineData("99999999999999999999E")]
    public void What_is_no_size_is_an_error_with_its_place(string text) =>
        Assert.StartsWith("v: line 1, column 5: a size (", Assert.Throws<ConfigurationException>(() => Parse(text).GetByteSize("v")).Message);

    [Theory]
    [InlineData("2147483648", "a whole number from -2147483648 to 2147483647 is expected, not '2147483648'")]
    [InlineData("1.5", "a whole number is expected, not '1.5'")]
    [InlineData("x", "a whole number is expected, not 'x'")]
    [InlineData("{}", "a whole number is expected, not an object")]
    public void What_is_no_int_is_an_error(string text, string problem) =>
        Assert.Equal($"v: line 1, column 5: {problem}", Assert.Throws<ConfigurationException>(() => Parse(text).GetInt("v")).Message);

    [Fact]
    public void Infinite_is_a_duration_only_where_it_is_allowed()
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, Parse("infinite").GetTimeSpan("v"));
        Assert.Throws<ConfigurationException>(() => Parse("infinite").GetTimeSpan("v", null, allowInfinite: false));
    }

    private static Config Parse(string value) => ConfigurationFactory.ParseString("v = " + value);
}
