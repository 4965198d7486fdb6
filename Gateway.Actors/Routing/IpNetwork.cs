using System.Globalization;
using Gateway.Protocol;

namespace Gateway.Actors.Routing;

/// <summary>
/// A block of addresses, <c>10.0.0.0/8</c> or <c>2001:db8::/32</c>. IPv4 addresses are the same in their mapped form; an IPv6 block
/// never contains them, however large it is.
/// </summary>
public readonly record struct IpNetwork
{
    private readonly UInt128 _bits, _mask;
    private readonly bool _isIpv6;

    private IpNetwork(IpLiteral address, int prefix)
    {
        (Address, Prefix, _bits, _isIpv6) = (address, prefix, address.Bits, address.IsIpv6);
        var bits = address.IsIpv6 ? 128 : 32;
        _mask = prefix == 0 ? 0 : UInt128.MaxValue << (bits - prefix);
    }

    /// <summary>The first address of the block, canonical.</summary>
    public IpLiteral Address { get; }

    /// <summary>0 to 32 or 0 to 128.</summary>
    public int Prefix { get; }

    public bool Contains(IpLiteral address) => ContainsCanonical(address.Canonical);

    /// <summary>The same for an address that is canonical already, as where many networks are asked about one.</summary>
    internal bool ContainsCanonical(in IpLiteral address) => address.IsIpv6 == _isIpv6 && (address.Bits & _mask) == _bits;

    /// <summary>Whether all of <paramref name="other"/> lies within this block.</summary>
    public bool Contains(IpNetwork other) => other.Prefix >= Prefix && Contains(other.Address);

    /// <param name="text">A block, or an address, which is a block of one.</param>
    /// <param name="network">The block.</param>
    /// <param name="problem">What is wrong, when the text is neither.</param>
    public static bool TryParse(string text, out IpNetwork network, out string problem)
    {
        network = default;
        problem = $"\"{text}\" is not a network such as 10.0.0.0/8 or 2001:db8::/32";
        var slash = text.IndexOf('/');
        if (!IpLiteral.TryParse(slash < 0 ? text : text.AsSpan(0, slash), out var address))
            return false;
        var bits = address.IsIpv6 ? 128 : 32;
        var prefix = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > bits))
            return false;
        if (address.IsMapped && prefix >= 96)
            (address, prefix) = (address.Canonical, prefix - 96);
        var mask = new IpNetwork(address, prefix)._mask;
        if ((address.Bits & mask) != address.Bits)
        {
            var first = address.IsIpv6 ? IpLiteral.Ipv6(address.Bits & mask) : IpLiteral.Ipv4((uint)(address.Bits & mask));
            problem = $"{text} has bits outside its prefix; did you mean {first}/{prefix}?";
            return false;
        }
        network = new IpNetwork(address, prefix);
        return true;
    }

    /// <exception cref="FormatException">Not a network.</exception>
    public static IpNetwork Parse(string text) => TryParse(text, out var network, out var problem) ? network : throw new FormatException(problem);

    public override string ToString() => $"{Address}/{Prefix}";
}
