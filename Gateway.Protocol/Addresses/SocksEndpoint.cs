using System.Buffers.Binary;
using System.Net;

namespace Gateway.Protocol;

/// <summary>Address and port as requests, replies and datagrams carry them: <c>ATYP(1) ADDR(n) PORT(2)</c>, RFC 1928 §4–§7.</summary>
public readonly record struct SocksEndpoint(SocksAddress Address, ushort Port)
{
    public const int MaxLength = SocksAddress.MaxLength + 2;

    /// <summary>0.0.0.0:0, what a failure reply carries.</summary>
    public static SocksEndpoint Unspecified => From(default(LiteralEndpoint));

    /// <summary>Octets on the wire, ATYP included.</summary>
    public int Length => Address.Length + 2;

    /// <summary>All zeros, which in a UDP ASSOCIATE means "I do not know yet" (RFC 1928 §4).</summary>
    public bool IsAllZero => Port == 0 && Address.IsUnspecified;

    public static SocksEndpoint From(LiteralEndpoint endpoint) => new(SocksAddress.From(endpoint.Address), endpoint.Port);

    public static SocksEndpoint From(IPEndPoint endpoint) => From(LiteralEndpoint.From(endpoint));

    /// <summary>A host as people write it, a name or a literal, and a port.</summary>
    /// <exception cref="ArgumentException">The host has not 1 to 255 octets, or a NUL; or the port is not 0 to 65535.</exception>
    public static SocksEndpoint From(string host, int port)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(port, ushort.MinValue);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        return new SocksEndpoint(SocksAddress.FromName(host).LiteralIfNamed, (ushort)port);
    }

    public bool TryGetLiteral(out LiteralEndpoint endpoint)
    {
        var isIp = Address.TryGetIp(out var ip);
        endpoint = isIp ? new LiteralEndpoint(ip, Port) : default;
        return isIp;
    }

    internal static ReadStatus Read(ReadOnlySpan<byte> buffer, out SocksEndpoint endpoint, out int consumed)
    {
        endpoint = default;
        consumed = 0;
        var status = SocksAddress.Read(buffer, out var address, out var length);
        if (status != ReadStatus.Complete) return status;
        if (buffer.Length < length + 2) return ReadStatus.Incomplete;

        endpoint = new SocksEndpoint(address, BinaryPrimitives.ReadUInt16BigEndian(buffer[length..]));
        consumed = length + 2;
        return ReadStatus.Complete;
    }

    internal int Write(Span<byte> destination)
    {
        var length = Address.Write(destination);
        BinaryPrimitives.WriteUInt16BigEndian(destination[length..], Port);
        return length + 2;
    }

    /// <summary><c>192.0.2.1:80</c>, <c>[2001:db8::1]:80</c>, <c>example.com:80</c> or <c>id A1B2C3:80</c>.</summary>
    public override string ToString() =>
        TryGetLiteral(out var literal) ? literal.ToString() : $"{Address}:{Port}";
}
