using System.Buffers.Binary;

namespace Gateway.Protocol;

/// <summary>
/// RFC 1961 §3: framing alone. A view: <see cref="Token"/> points into the buffer it was read from.
/// <code>
/// +------+------+------+.......................+
/// | ver  | mtyp | len  |         token         |
/// +------+------+------+.......................+
/// | 0x01 |  1   |  2   | up to 2^16 - 1 octets |
/// +------+------+------+.......................+
/// </code>
/// A refusal is the two octets <c>01 FF</c>.
/// </summary>
public readonly ref struct GssapiFrame(GssapiMessageType type, ReadOnlySpan<byte> token) : ISocksMessage<GssapiFrame>
{
    public const byte Version = 0x01;
    public const int HeaderLength = 4;
    public const int MaxTokenLength = ushort.MaxValue;

    public GssapiMessageType Type { get; } = type;
    public ReadOnlySpan<byte> Token { get; } = token;

    public static GssapiFrame Abort => new(GssapiMessageType.Abort, default);

    public int Length => Type == GssapiMessageType.Abort ? 2 : HeaderLength + Token.Length;

    public static ReadStatus Read(ReadOnlySpan<byte> buffer, out GssapiFrame frame, out int consumed)
    {
        frame = default;
        consumed = 0;
        if (buffer.Length > 0 && buffer[0] != Version) return ReadStatus.WrongVersion;
        if (buffer.Length < 2) return ReadStatus.Incomplete;
        var type = (GssapiMessageType)buffer[1];
        if (type == GssapiMessageType.Abort)
        {
            frame = Abort;
            consumed = 2;
            return ReadStatus.Complete;
        }
        if (type is < GssapiMessageType.ContextToken or > GssapiMessageType.Data) return ReadStatus.UnknownGssapiType;
        if (buffer.Length < HeaderLength) return ReadStatus.Incomplete;
        var length = BinaryPrimitives.ReadUInt16BigEndian(buffer[2..]);
        if (buffer.Length < HeaderLength + length) return ReadStatus.Incomplete;

        frame = new GssapiFrame(type, buffer.Slice(HeaderLength, length));
        consumed = HeaderLength + length;
        return ReadStatus.Complete;
    }

    public int Write(Span<byte> destination)
    {
        destination[0] = Version;
        destination[1] = (byte)Type;
        if (Type == GssapiMessageType.Abort) return 2;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], checked((ushort)Token.Length));
        Token.CopyTo(destination[HeaderLength..]);
        return HeaderLength + Token.Length;
    }

    /// <summary><c>01 FF</c>: refused.</summary>
    public static ReadOnlyMemory<byte> Owed(ReadStatus violation) => Abort.ToBytes();
}
