using Gateway.Protocol;

namespace Gateway.Actors.Routing;

/// <summary>
/// What routes are asked about: a name, an address, or a name together with one of its addresses. A view that lives as long as
/// the question; it copies nothing.
/// </summary>
public readonly ref struct Target
{
    private Target(ReadOnlySpan<byte> name, IpLiteral address, bool hasAddress, bool isOpen, ushort? port)
    {
        Name = name;
        (Address, HasAddress, IsOpen, Port) = (address.Canonical, hasAddress, isOpen, port);
    }

    /// <summary>Empty when there is none.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>Canonical.</summary>
    public IpLiteral Address { get; }

    public bool HasAddress { get; }

    /// <summary>Not known yet: the peer of a BIND that names none, the peers of a UDP association that has sent nothing.</summary>
    public bool IsOpen { get; }

    /// <summary>What it is; all kinds when that is open.</summary>
    internal DestinationKinds Kinds => IsOpen ? DestinationKinds.All
        : (Name.Length > 0 ? DestinationKinds.Name : 0) | (!HasAddress ? 0 : Address.IsIpv6 ? DestinationKinds.Ipv6 : DestinationKinds.Ipv4);

    /// <summary>Null when the question is about no port: that of an ADDRESS ASSOCIATE, whose DST.PORT is a preference.</summary>
    public ushort? Port { get; }

    public static Target Open => new(default, default, false, true, 0);

    public static Target Of(IpLiteral address, ushort? port) => new(default, address, true, false, port);

    /// <summary>One address of a name, for the judgement of the gateway that dials.</summary>
    public static Target Of(ReadOnlySpan<byte> name, IpLiteral address, ushort? port) => new(name, address, true, false, port);

    /// <summary>The destination of a request. A literal in the form of a name is the literal.</summary>
    /// <exception cref="ArgumentException">An ADDRESS ID: what it stands for has to be put in its place first.</exception>
    public static Target Of(in SocksAddress address, ushort? port)
    {
        if (address.TryGetIp(out var ip))
            return Of(ip, port);
        if (!address.IsName)
            throw new ArgumentException("a destination is a name or an address here", nameof(address));
        var name = address.Octets;
        return MayBeLiteral(name) && address.LiteralIfNamed.TryGetIp(out ip) ? Of(ip, port) : new(name, default, false, false, port);
    }

    private static bool MayBeLiteral(ReadOnlySpan<byte> name) => char.IsAsciiDigit((char)name[^1]) || name.Contains((byte)':');
}
