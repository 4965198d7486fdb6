namespace Gateway.Protocol.Tests.Members;

public class TraceIdTests
{
    [Fact]
    public void Trace_id_is_32_hexadecimal_digits() =>
        Assert.Equal("0000000000000000000000000000abcd", new TraceId(0xABCD).ToString());

    [Fact]
    public void No_two_are_the_same() =>
        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(_ => TraceId.Random()).Distinct().Count());
}
