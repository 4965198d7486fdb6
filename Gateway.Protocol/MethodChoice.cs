namespace Gateway.Protocol;

/// <summary>The answer to the greeting, RFC 1928 §3.
/// <code>
/// +----+--------+
/// |VER | METHOD |
/// +----+--------+
/// | 1  |   1    |
/// +----+--------+
/// </code></summary>
public readonly record struct MethodChoice(AuthMethod Method) : ISocksMessage<MethodChoice>
{
    public const byte Version = 0x05;

    public int Length => 2;

    public static ReadStatus Read(ReadOnlySpan<byte> buffer, out MethodChoice choice, out int consumed)
    {
        choice = default;
        consumed = 0;
        if (buffer.Length > 0 && buffer[0] != Version) return ReadStatus.WrongVersion;
        if (buffer.Length < 2) return ReadStatus.Incomplete;

        choice = new MethodChoice((AuthMethod)buffer[1]);
        consumed = 2;
        return ReadStatus.Complete;
    }

    public int Write(Span<byte> destination)
    {
        destination[1] = (byte)Method;
        destination[0] = Version;
        return 2;
    }

    /// <summary>Nothing: a server that answers wrongly is left.</summary>
    public static ReadOnlyMemory<byte> Owed(ReadStatus violation) => default;
}
