namespace Gateway.Protocol;

/// <summary>RFC 1928 §6, with FLAG in the place of RSV (draft-kitamura-socks-ipv6-01).
/// <code>
/// +----+-----+------+------+----------+----------+
/// |VER | REP | FLAG | ATYP | BND.ADDR | BND.PORT |
/// +----+-----+------+------+----------+----------+
/// | 1  |  1  |  1   |  1   | Variable |    2     |
/// +----+-----+------+------+----------+----------+
/// </code></summary>
public readonly record struct SocksReply(ReplyCode Code, RequestFlags Flags, SocksEndpoint Bound) : ISocksMessage<SocksReply>
{
    public const byte Version = 0x05;
    public const int MaxLength = 3 + SocksEndpoint.MaxLength;

    public int Length => 3 + Bound.Length;

    /// <summary>A failure: ATYP 01 and zeros (<c>B8</c>: no ID either).</summary>
    public static SocksReply Failure(ReplyCode code) => new(code, RequestFlags.None, SocksEndpoint.Unspecified);

    /// <summary>A success that carries <paramref name="bound"/>.</summary>
    /// <param name="honoured">01 and 04 when they were honoured (<c>B20</c>).</param>
    public static SocksReply Success(SocksEndpoint bound, RequestFlags honoured = RequestFlags.None) =>
        new(ReplyCode.Succeeded, honoured, bound);

    public static ReadStatus Read(ReadOnlySpan<byte> buffer, out SocksReply reply, out int consumed)
    {
        reply = default;
        consumed = 0;
        if (buffer.Length > 0 && buffer[0] != Version) return ReadStatus.WrongVersion;
        if (buffer.Length < 4) return ReadStatus.Incomplete;

        var status = SocksEndpoint.Read(buffer[3..], out var bound, out var length);
        if (status != ReadStatus.Complete) return status;

        reply = new SocksReply((ReplyCode)buffer[1], (RequestFlags)buffer[2], bound);
        consumed = 3 + length;
        return ReadStatus.Complete;
    }

    public int Write(Span<byte> destination)
    {
        destination[0] = Version;
        destination[1] = (byte)Code;
        destination[2] = (byte)Flags;
        return 3 + Bound.Write(destination[3..]);
    }

    /// <summary>Nothing: a server that answers wrongly is left.</summary>
    public static ReadOnlyMemory<byte> Owed(ReadStatus violation) => default;
}
