using Gateway.Protocol;
using Xunit;

namespace Testing;

/// <summary>TCP delivers a message in any pieces: these are all of them.</summary>
public static class Splitter
{
    /// <summary>Every way to cut <paramref name="bytes"/> in two, both halves possibly empty.</summary>
    public static IEnumerable<(byte[] Head, byte[] Tail)> EveryPlace(byte[] bytes)
    {
        for (var at = 0; at <= bytes.Length; at++)
            yield return (bytes[..at], bytes[at..]);
    }

    /// <summary>Pieces of <paramref name="size"/> octets; the last may be shorter.</summary>
    public static IEnumerable<byte[]> Pieces(byte[] bytes, int size) => bytes.Chunk(size);

    /// <summary>
    /// Reads the message that <paramref name="bytes"/> are: "not yet" at every cut, the same message whatever follows it, what follows
    /// left alone,
    /// and the same octets when written. Each attempt ends at a protected page, so that an over-read ends the process.
    /// </summary>
    public static T ReadAtEveryPlace<T>(byte[] bytes) where T : struct, ISocksMessage<T>
    {
        using var memory = new GuardedMemory(bytes.Length + 3);
        foreach (var (head, tail) in EveryPlace(bytes).Where(cut => cut.Tail.Length > 0))
        {
            Assert.False(SocksMessage.TryRead(memory.Ending(head), out T _, out var none), $"whole after {head.Length} of {bytes.Length} octets");
            Assert.Equal(0, none);
        }
        Assert.True(SocksMessage.TryRead(memory.Ending(bytes), out T message, out var consumed), "not whole");
        Assert.Equal(bytes.Length, consumed);

        Assert.True(SocksMessage.TryRead(memory.Ending([.. bytes, 0x05, 0x00, 0xFF]), out T followed, out consumed));
        Assert.Equal(bytes.Length, consumed);
        Assert.Equal(message, followed);

        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(message.ToBytes()));
        return message;
    }
}
