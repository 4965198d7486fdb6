using Akka.Remote.Wire;

namespace Akka.Embedded.Tests.Remote;

public class WireReaderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(127)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void A_number_is_read_as_it_was_written(int number)
    {
        var writer = new WireWriter(1);
        writer.Int32(number);
        writer.Int64((long)number * int.MaxValue);
        writer.Text("ü€𝄞");
        var reader = new WireReader(writer.Written.Span);
        Assert.Equal(number, reader.Int32());
        Assert.Equal((long)number * int.MaxValue, reader.Int64());
        Assert.Equal("ü€𝄞", reader.Text());
        Assert.True(reader.IsAtEnd);
    }

    [Fact]
    public void A_number_without_end_is_refused() =>
        Assert.Throws<WireException>(() => new WireReader(Enumerable.Repeat((byte)0xFF, 20).ToArray()).UInt64());

    [Fact]
    public void A_count_larger_than_the_message_is_refused() => Assert.Throws<WireException>(() => new WireReader([0xFF, 0xFF, 0x03, 0]).Count());

    [Fact]
    public void A_text_longer_than_the_message_is_refused() => Assert.Throws<WireException>(() => new WireReader([5, 65, 66]).Text());
}
