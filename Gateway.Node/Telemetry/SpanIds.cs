using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Gateway.Protocol;

namespace Gateway.Node.Telemetry;

/// <summary>
/// Names of spans. Both ends of a leg know its trace id, the gateway that speaks and the hops left (docs/member-legs.md), so both can tell
/// the id of the span that stands for it, and the far end's spans find their parent without a word more on the wire.
/// </summary>
internal static class SpanIds
{
    /// <summary>The hop that a gateway leads to.</summary>
    /// <param name="from">The name of that gateway.</param>
    /// <param name="hopsLeft">What it says to the hop: gateways that may follow.</param>
    public static ulong OfHop(TraceId trace, string from, int hopsLeft)
    {
        Span<byte> known = stackalloc byte[16 + 4 + Encoding.UTF8.GetMaxByteCount(MemberLeg.MaxMemberLength)];
        BinaryPrimitives.WriteUInt128BigEndian(known, trace.Bits);
        BinaryPrimitives.WriteInt32BigEndian(known[16..], hopsLeft);
        var length = 20 + Encoding.UTF8.GetBytes(from, known[20..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(known[..length], hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>A span that nobody else has to find.</summary>
    public static ulong Random() => (ulong)System.Random.Shared.NextInt64(1, long.MaxValue);
}
