namespace Gateway.Protocol.Tests.Fuzz;

/// <summary>
/// Random octets, and the vectors after accidents: flipped bits, telling values, cuts, insertions and two of them spliced.
/// </summary>
public sealed class InputMaker(int seed)
{
    public const int MaxLength = 1024;

    private static readonly byte[] Telling = [0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x08, 0x0A, 0x0D, 0x10, 0x20, 0x7F, 0x80, 0x81, 0xF0, 0xFF];
    private static readonly byte[][] Corpus =
    [
        .. Vectors.VectorTable.All,
        new SocksRequest(SocksCommand.Connect, 0, new(SocksAddress.FromName(new string('n', 255)), 80)).ToBytes(),
        new PasswordRequest(new string('u', 255), new string('p', 255)).ToBytes(),
        new GssapiFrame(GssapiMessageType.Data, new byte[300]).ToBytes(),
        new ProxyHeader(true, new(IpLiteral.AnyIpv6, 1), new(IpLiteral.AnyIpv6, 2), new(new byte[128])).ToBytes(),
        new Socks4Request(Socks4Command.Bind, new(SocksAddress.FromName(new string('n', 255)), 80), new(new string('u', 255))).ToBytes(),
    ];

    private readonly Random _random = new(seed);

    /// <summary>Fills the start of <paramref name="room"/>, which holds <see cref="MaxLength"/> octets, and says how much of it.</summary>
    public int Next(Span<byte> room)
    {
        if (_random.Next(5) == 0) return Noise(room);
        var length = Take(room, 0);
        for (var accidents = _random.Next(6); accidents > 0; accidents--) length = Accident(room, length);
        return length;
    }

    private int Noise(Span<byte> room)
    {
        var length = _random.Next(_random.Next(8) == 0 ? MaxLength : 40);
        _random.NextBytes(room[..length]);
        if (length > 0 && _random.Next(2) == 0) room[0] = Telling[_random.Next(Telling.Length)];
        return length;
    }

    private int Take(Span<byte> room, int at)
    {
        var source = Corpus[_random.Next(Corpus.Length)];
        var length = Math.Min(source.Length, room.Length - at);
        source.AsSpan(0, length).CopyTo(room[at..]);
        return at + length;
    }

    private int Accident(Span<byte> room, int length)
    {
        if (length == 0) return Noise(room);
        var at = _random.Next(length);
        switch (_random.Next(6))
        {
            case 0: room[at] ^= (byte)(1 << _random.Next(8)); return length;
            case 1: room[at] = Telling[_random.Next(Telling.Length)]; return length;
            case 2: room[at] = (byte)_random.Next(256); return length;
            case 3: return at;
            case 4: return Take(room, at);
            default:
                if (length == room.Length) return length;
                room[at..length].CopyTo(room[(at + 1)..]);
                room[at] = (byte)_random.Next(256);
                return length + 1;
        }
    }
}
