namespace Gateway.Protocol;

/// <summary>The greeting, RFC 1928 §3.
/// <code>
/// +----+----------+----------+
/// |VER | NMETHODS | METHODS  |
/// +----+----------+----------+
/// | 1  |    1     | 1 to 255 |
/// +----+----------+----------+
/// </code></summary>
public readonly record struct MethodOffer(CountedOctets Methods) : ISocksMessage<MethodOffer>
{
    public const byte Version = 0x05;

    public int Length => 1 + Methods.WireLength;

    public static MethodOffer Of(params ReadOnlySpan<AuthMethod> methods) =>
        new(new CountedOctets(System.Runtime.InteropServices.MemoryMarshal.AsBytes(methods)));

    public bool Offers(AuthMethod method) => Methods.Span.Contains((byte)method);

    public static ReadStatus Read(ReadOnlySpan<byte> buffer, out MethodOffer offer, out int consumed)
    {
        offer = default;
        consumed = 0;
        if (buffer.Length > 0 && buffer[0] != Version) return ReadStatus.WrongVersion;
        if (buffer.Length > 1 && buffer[1] == 0) return ReadStatus.NoMethods;
        if (buffer.Length < 2 || !CountedOctets.TryRead(buffer[1..], out var methods)) return ReadStatus.Incomplete;

        offer = new MethodOffer(methods);
        consumed = offer.Length;
        return ReadStatus.Complete;
    }

    public int Write(Span<byte> destination)
    {
        destination[0] = Version;
        return 1 + Methods.Write(destination[1..]);
    }

    /// <summary><c>05 FF</c> to who speaks SOCKS5, nothing to who does not.</summary>
    public static ReadOnlyMemory<byte> Owed(ReadStatus violation) =>
        violation == ReadStatus.NoMethods ? new MethodChoice(AuthMethod.NoneAcceptable).ToBytes() : default;
}
