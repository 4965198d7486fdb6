namespace Gateway.Protocol;

/// <summary>
/// A request on the TCP connection of a UDP association, once its reply granted INTERFACE REQUEST (draft-kitamura-socks-ipv6-01,
/// "UDP Control Channel Requests Format"). The answer is an ordinary <see cref="SocksReply"/>.
/// <code>
/// +-----+-----+------+------+----------+------+
/// | RSV | SUB | FLAG | ATYP |   ADDR   | PORT |
/// +-----+-----+------+------+----------+------+
/// |  1  |  1  |  1   |  1   | Variable |  2   |
/// +-----+-----+------+------+----------+------+
/// </code>
/// <c>B24</c>: a subcommand that nobody knows is read whole, answered with REP 07, and the association lives on.
/// </summary>
public readonly record struct ControlRequest(byte Subcommand, byte Flags, SocksEndpoint Target) : ISocksMessage<ControlRequest>
{
    /// <summary>SUB 01: which address and port does the gateway use toward the target?</summary>
    public const byte InterfaceData = 0x01;
    public const int MaxLength = 3 + SocksEndpoint.MaxLength;

    public int Length => 3 + Target.Length;

    public static ReadStatus Read(ReadOnlySpan<byte> buffer, out ControlRequest request, out int consumed)
    {
        request = default;
        consumed = 0;
        if (buffer.Length > 0 && buffer[0] != 0) return ReadStatus.ReservedNotZero;
        if (buffer.Length < 4) return ReadStatus.Incomplete;

        var status = SocksEndpoint.Read(buffer[3..], out var target, out var length);
        if (status != ReadStatus.Complete) return status;

        request = new ControlRequest(buffer[1], buffer[2], target);
        consumed = 3 + length;
        return ReadStatus.Complete;
    }

    public int Write(Span<byte> destination)
    {
        destination[0] = 0;
        destination[1] = Subcommand;
        destination[2] = Flags;
        return 3 + Target.Write(destination[3..]);
    }

    public static ReadOnlyMemory<byte> Owed(ReadStatus violation) => SocksRequest.Owed(violation);
}
