using Testing;

namespace Gateway.Protocol.Tests.Vectors;

/// <summary>What broken messages must do.</summary>
public static class Refusals
{
    /// <summary>
    /// However the octets arrive, the answer is "not yet" until the broken rule shows and the exception ever after, with what is owed.
    /// </summary>
    public static void Check<T>(byte[] octets, ReadStatus violation, string owed) where T : struct, ISocksMessage<T>
    {
        var shown = false;
        foreach (var (head, _) in Splitter.EveryPlace(octets))
        {
            var status = T.Read(head, out _, out var consumed);
            Assert.Equal(0, consumed);
            shown |= status == violation;
            Assert.Equal(shown ? violation : ReadStatus.Incomplete, status);
        }
        var thrown = Assert.Throws<ProtocolException>(() => SocksMessage.TryRead(octets, out T _, out _));
        Assert.Equal(violation, thrown.Violation);
        Assert.Equal(violation.Reason, thrown.Message);
        Assert.Equal(owed, Convert.ToHexString(thrown.Owed.Span));
    }
}
