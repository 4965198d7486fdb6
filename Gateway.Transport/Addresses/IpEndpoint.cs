using System.Net;
using Gateway.Protocol;

namespace Gateway.Transport;

/// <summary>
/// The address of a socket: literal, port, and the interface of a link-local address. A value of 32 octets, the address type of the whole
/// room. Its default is no address at all, unlike 0.0.0.0:0. A mapped IPv6 address stays IPv6 until <see cref="Unmapped"/> is asked for.
/// </summary>
public readonly struct IpEndpoint : IEquatable<IpEndpoint>
{
    private readonly IpLiteral _address;
    private readonly uint _scope;
    private readonly ushort _port;
    private readonly bool _isAddress;

    private IpEndpoint(IpLiteral address, ushort port, uint scope = 0)
    {
        (_address, _port, _scope, _isAddress) = (address, port, scope, true);
    }

    /// <summary>127.0.0.1, port 0.</summary>
    public static IpEndpoint LoopbackV4 => new(IpLiteral.Ipv4(0x7F000001), 0);

    /// <summary>::1, port 0.</summary>
    public static IpEndpoint LoopbackV6 => new(IpLiteral.Ipv6(1), 0);

    public IpFamily Family => !_isAddress ? IpFamily.None : _address.IsIpv6 ? IpFamily.V6 : IpFamily.V4;

    /// <summary>The address alone; 0.0.0.0 when there is none.</summary>
    public IpLiteral Address => _address;

    public ushort Port => _port;

    /// <summary>The interface index of a link-local IPv6 address; 0 otherwise.</summary>
    public uint ScopeId => _scope;

    /// <summary>0.0.0.0, :: or no address at all.</summary>
    public bool IsUnspecified => _address.IsUnspecified;

    /// <summary>127.0.0.0/8, ::1, or 127.0.0.0/8 mapped.</summary>
    public bool IsLoopback
    {
        get
        {
            var canonical = _address.Canonical;
            return _isAddress && (canonical.IsIpv6 ? canonical.Bits == 1 : (uint)canonical.Bits >> 24 == 127);
        }
    }

    /// <summary>The IPv4 address inside ::ffff:a.b.c.d; anything else unchanged.</summary>
    public IpEndpoint Unmapped => _address.IsMapped ? new(_address.Canonical, _port) : this;

    /// <summary>An IPv4 address as ::ffff:a.b.c.d; anything else unchanged.</summary>
    public IpEndpoint Mapped => Family == IpFamily.V4 ? new(_address.Mapped, _port) : this;

    /// <summary>0.0.0.0 or :: with <paramref name="port"/>.</summary>
    public static IpEndpoint Unspecified(IpFamily family, ushort port = 0) =>
        new(family == IpFamily.V6 ? IpLiteral.AnyIpv6 : IpLiteral.AnyIpv4, port);

    public static IpEndpoint From(IpLiteral address, ushort port, uint scopeId = 0) => new(address, port, scopeId);

    public static IpEndpoint From(LiteralEndpoint endpoint) => new(endpoint.Address, endpoint.Port);

    /// <exception cref="ArgumentException">The address is not of an IP family.</exception>
    public static IpEndpoint From(IPEndPoint endpoint) => From(endpoint.Address, (ushort)endpoint.Port);

    /// <inheritdoc cref="From(IPEndPoint)"/>
    public static IpEndpoint From(IPAddress address, ushort port)
    {
        var literal = IpLiteral.From(address);
        return new(literal, port, literal.IsIpv6 ? (uint)address.ScopeId : 0);
    }

    /// <summary>Reads <c>192.0.2.1:80</c> or <c>[2001:db8::1]:80</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IpEndpoint endpoint)
    {
        endpoint = default;
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(text[(colon + 1)..], out var port) || !IpLiteral.TryParse(text[..colon], out var address))
            return false;
        if (address.IsIpv6 != text[..colon] is ['[', .., ']'])
            return false;
        endpoint = new(address, port);
        return true;
    }

    /// <inheritdoc cref="TryParse"/>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static IpEndpoint Parse(string text) =>
        TryParse(text, out var endpoint) ? endpoint : throw new FormatException($"'{text}' is not an address and a port");

    public IpEndpoint WithPort(ushort port) => new(_address, port, _scope);

    /// <summary>Address and port as messages carry them; the scope is lost.</summary>
    public LiteralEndpoint ToLiteral() => new(_address, _port);

    /// <summary>For a reply's BND.ADDR and the like.</summary>
    public SocksEndpoint ToSocks() => SocksEndpoint.From(ToLiteral());

    public IPEndPoint ToIPEndPoint()
    {
        var address = _address.ToIPAddress();
        if (_scope != 0)
            address.ScopeId = _scope;
        return new IPEndPoint(address, _port);
    }

    /// <summary>Equal addresses, whatever the ports.</summary>
    public bool SameAddress(in IpEndpoint other) => _address == other._address && _scope == other._scope && _isAddress == other._isAddress;

    public bool Equals(IpEndpoint other) => _port == other._port && SameAddress(other);

    public override bool Equals(object? obj) => obj is IpEndpoint other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_address, _port, _scope);

    public static bool operator ==(IpEndpoint left, IpEndpoint right) => left.Equals(right);

    public static bool operator !=(IpEndpoint left, IpEndpoint right) => !left.Equals(right);

    /// <summary><c>192.0.2.1:80</c>, <c>[2001:db8::1]:80</c>, <c>[fe80::1%2]:80</c>, or <c>none</c>.</summary>
    public override string ToString() => !_isAddress ? "none" : _scope == 0 ? ToLiteral().ToString() : $"[{_address}%{_scope}]:{_port}";
}
