using Akka.Remote.Wire;

namespace Akka.Embedded.Tests.Remote;

public class FrameBufferTests
{
    [Fact]
    public void Frames_are_cut_wherever_the_octets_are_split()
    {
        var writer = new WireWriter();
        foreach (var size in new[] { 0, 1, 600, 3 })
        {
            var start = writer.BeginFrame(FrameKind.Message);
            writer.Raw(new byte[size]);
            writer.EndFrame(start);
        }

        for (var step = 1; step < 40; step++)
            Assert.Equal([0, 1, 600, 3], Cut(writer.Written, step));
        Assert.Equal([0, 1, 600, 3], Cut(writer.Written, int.MaxValue));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1025u)]
    [InlineData(0x7FFF_FFFFu)]
    [InlineData(0xFFFF_FFFFu)]
    public void A_length_beyond_the_limit_is_refused_at_once(uint length)
    {
        var buffer = new FrameBuffer(1024);
        BitConverter.GetBytes(length).CopyTo(buffer.Free());
        buffer.Filled(4);
        Assert.Throws<WireException>(() => buffer.TryTake(out _, out _));
    }

    [Fact]
    public void The_buffer_never_outgrows_the_largest_frame()
    {
        var buffer = new FrameBuffer(5000);
        BitConverter.GetBytes(5000).CopyTo(buffer.Free());
        buffer.Filled(4);
        for (var filled = 4; filled < 5004;)
        {
            Assert.False(buffer.TryTake(out _, out _));
            var take = Math.Min(buffer.Free().Length, 100);
            Assert.InRange(take, 1, 5004 - filled);
            buffer.Filled(take);
            filled += take;
        }

        Assert.True(buffer.TryTake(out _, out var body));
        Assert.Equal(4999, body.Length);
    }

    private static List<int> Cut(ReadOnlyMemory<byte> octets, int step)
    {
        var sizes = new List<int>();
        var buffer = new FrameBuffer(1024);
        while (octets.Length > 0)
        {
            var free = buffer.Free();
            var take = Math.Min(Math.Min(step, octets.Length), free.Length);
            octets[..take].CopyTo(free);
            octets = octets[take..];
            buffer.Filled(take);
            while (buffer.TryTake(out _, out var body))
                sizes.Add(body.Length);
        }

        return sizes;
    }
}
