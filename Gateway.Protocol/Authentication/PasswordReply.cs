namespace Gateway.Protocol;

/// <summary>RFC 1929 §2: STATUS 00 lets the client in; after any other the server closes.
/// <code>
/// +----+--------+
/// |VER | STATUS |
/// +----+--------+
/// | 1  |   1    |
/// +----+--------+
/// </code></summary>
public readonly record struct PasswordReply(byte Status) : ISocksMessage<PasswordReply>
{
    public const byte Version = 0x01;

    public static PasswordReply Accepted => new(0x00);
    public static PasswordReply Refused => new(0x01);

    public bool IsAccepted => Status == 0;
    public int Length => 2;

    public static ReadStatus Read(ReadOnlySpan<byte> buffer, out PasswordReply reply, out int consumed)
    {
        reply = default;
        consumed = 0;
        if (buffer.Length > 0 && buffer[0] != Version) return ReadStatus.WrongVersion;
        if (buffer.Length < 2) return ReadStatus.Incomplete;

        reply = new PasswordReply(buffer[1]);
        consumed = 2;
        return ReadStatus.Complete;
    }

    public int Write(Span<byte> destination)
    {
        destination[1] = Status;
        destination[0] = Version;
        return 2;
    }

    /// <summary>Nothing: a server that answers wrongly is left.</summary>
    public static ReadOnlyMemory<byte> Owed(ReadStatus violation) => default;
}
