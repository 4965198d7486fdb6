using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace SocksLib.Sample;

/// <summary>A question for the addresses of a name, and the addresses in the answer: as much of RFC 1035 as that takes.</summary>
internal static class DnsQuery
{
    private const int HeaderLength = 12;
    private const ushort TypeA = 1, TypeAaaa = 28;

    /// <param name="ipv6">AAAA instead of A.</param>
    public static byte[] Write(string name, bool ipv6, ushort id)
    {
        // One question, recursion desired.
        byte[] header = [(byte)(id >> 8), (byte)id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        var labels = name.TrimEnd('.').Split('.').SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length));
        return [.. header, .. labels, 0, 0, (byte)(ipv6 ? TypeAaaa : TypeA), 0, 1];
    }

    /// <exception cref="InvalidDataException">No answer to that question.</exception>
    public static IReadOnlyList<IPAddress> Read(byte[] answer, ushort id)
    {
        try
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(answer) != id) throw new InvalidDataException("the answer to another question");
            var addresses = new List<IPAddress>();
            var at = SkipName(answer, HeaderLength) + 4;
            for (var left = BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(6)); left > 0; left--)
            {
                at = SkipName(answer, at);
                var type = BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(at));
                var length = BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(at + 8));
                var data = answer.AsSpan(at + 10, length);
                if (type is TypeA or TypeAaaa) addresses.Add(new IPAddress(data));
                at += 10 + length;
            }
            return addresses;
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException("the answer is cut off", e);
        }
    }

    /// <summary>Where a name ends: at a label of no length, or at a pointer (RFC 1035 §4.1.4).</summary>
    private static int SkipName(ReadOnlySpan<byte> message, int at)
    {
        while (true)
        {
            var length = message[at..][0];
            if (length == 0) return at + 1;
            if (length >= 0xC0) return at + 2;
            at += 1 + length;
        }
    }
}
