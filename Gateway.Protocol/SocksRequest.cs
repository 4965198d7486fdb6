namespace Gateway.Protocol;

/// <summary>RFC 1928 §4, with FLAG in the place of RSV and ADR.PREF in that of DST.PORT (draft-kitamura-socks-ipv6-01).
/// <code>
/// +----+-----+------+------+----------+----------+
/// |VER | CMD | FLAG | ATYP | DST.ADDR | DST.PORT |
/// +----+-----+------+------+----------+----------+
/// | 1  |  1  |  1   |  1   | Variable |    2     |
/// +----+-----+------+------+----------+----------+
/// </code></summary>
public readonly record struct SocksRequest(SocksCommand Command, RequestFlags Flags, SocksEndpoint Destination)
    : ISocksMessage<SocksRequest>
{
    public const byte Version = 0x05;
    public const int MaxLength = 3 + SocksEndpoint.MaxLength;

    public int Length => 3 + Destination.Length;

    /// <summary>ADR.PREF, which a dedicated ADDRESS ASSOCIATE carries in DST.PORT. <c>B3</c>: its upper octet is ignored.</summary>
    public AddressPreference Preference => (AddressPreference)(byte)Destination.Port;

    /// <summary>Whether the client spoke the draft's language, so that REP 09 is a word it knows (<c>B22</c>).</summary>
    public bool UsesExtension =>
        Command.AssociatesAddress || Destination.Address.Type == AddressType.AddressId || Flags.HasFlag(RequestFlags.DestinationFamily);

    public static ReadStatus Read(ReadOnlySpan<byte> buffer, out SocksRequest request, out int consumed)
    {
        request = default;
        consumed = 0;
        if (buffer.Length > 0 && buffer[0] != Version) return ReadStatus.WrongVersion;
        if (buffer.Length > 1 && !((SocksCommand)buffer[1]).IsSupported) return ReadStatus.UnsupportedCommand;
        if (buffer.Length < 4) return ReadStatus.Incomplete;

        var status = SocksEndpoint.Read(buffer[3..], out var destination, out var length);
        if (status != ReadStatus.Complete) return status;

        var command = (SocksCommand)buffer[1];
        if (command == SocksCommand.AddressAssociate && !((AddressPreference)(byte)destination.Port).IsKnown)
            return ReadStatus.UndefinedPreference;

        request = new SocksRequest(command, (RequestFlags)buffer[2], destination);
        consumed = 3 + length;
        return ReadStatus.Complete;
    }

    public int Write(Span<byte> destination)
    {
        destination[0] = Version;
        destination[1] = (byte)Command;
        destination[2] = (byte)Flags;
        return 3 + Destination.Write(destination[3..]);
    }

    /// <summary>The reply code for a request that broke the rule <paramref name="violation"/>.</summary>
    public static ReplyCode CodeFor(ReadStatus violation) => violation switch
    {
        ReadStatus.UnsupportedCommand => ReplyCode.CommandNotSupported,
        ReadStatus.UnsupportedAddressType or ReadStatus.UndefinedPreference => ReplyCode.AddressTypeNotSupported,
        ReadStatus.ReservedClass => ReplyCode.InvalidAddress,
        _ => ReplyCode.GeneralFailure,
    };

    public static ReadOnlyMemory<byte> Owed(ReadStatus violation) => SocksReply.Failure(CodeFor(violation)).ToBytes();
}
