using Gateway.Protocol;
using Gateway.Transport.Linux;

namespace Gateway.Transport;

/// <summary>
/// The order in which RFC 6724 §6 tries destinations, by the source address that each would be reached from. Of its rules those that this
/// machine can judge: 1 reachable, 2 same scope, 5 same label, 6 precedence, 8 smaller scope, 9 longest common prefix, 10 as they came.
/// </summary>
internal static class AddressOrder
{
    /// <summary>RFC 6724 §2.1, longest prefix first.</summary>
    private static readonly (UInt128 Prefix, int Length, int Precedence, int Label)[] s_policies =
    [
        (1, 128, 50, 0),
        (new UInt128(0, 0xFFFF_0000_0000), 96, 35, 4),
        (0, 96, 1, 3),
        (new UInt128(0x2001_0000_0000_0000, 0), 32, 5, 5),
        (new UInt128(0x2002_0000_0000_0000, 0), 16, 30, 2),
        (new UInt128(0x3FFE_0000_0000_0000, 0), 16, 1, 12),
        (new UInt128(0xFEC0_0000_0000_0000, 0), 10, 1, 11),
        (new UInt128(0xFC00_0000_0000_0000, 0), 7, 3, 13),
        (0, 0, 40, 1),
    ];

    /// <summary>Sorts <paramref name="addresses"/>; <paramref name="sourceOf"/> tells the source address of each, or no address.</summary>
    public static List<IpEndpoint> Sort(IEnumerable<IpEndpoint> addresses, Func<IpEndpoint, IpEndpoint> sourceOf) =>
        [.. addresses.Select(address => (Address: address, Key: KeyOf(address, sourceOf(address)))).OrderBy(pair => pair.Key).Select(pair => pair.Address)];

    /// <summary>The address from which the kernel would reach <paramref name="destination"/>; no address when there is no route.</summary>
    public static IpEndpoint KernelSource(IpEndpoint destination)
    {
        var fd = Libc.socket(SocketCalls.Domain(destination.Family), Sys.SOCK_DGRAM | Sys.SOCK_CLOEXEC, 0);
        if (fd < 0)
            return default;
        var source = SocketCalls.Connect(fd, destination.WithPort(9)) == 0 ? SocketCalls.LocalEndpoint(fd) : default;
        Libc.close(fd);
        return source;
    }

    /// <summary>The rules as a tuple that sorts: what comes first is smaller.</summary>
    private static (bool Unreachable, bool OtherScope, bool OtherLabel, int Precedence, int Scope, int Prefix) KeyOf(
        in IpEndpoint destination, in IpEndpoint source)
    {
        UInt128 to = destination.Address.Mapped.Bits, from = source.Address.Mapped.Bits;
        var policy = PolicyOf(to);
        var reachable = source.Family != IpFamily.None;
        return (
            !reachable,
            reachable && ScopeOf(to) != ScopeOf(from),
            reachable && policy.Label != PolicyOf(from).Label,
            -policy.Precedence,
            ScopeOf(to),
            reachable && destination.Family == IpFamily.V6 ? -Math.Min(64, (int)UInt128.LeadingZeroCount(to ^ from)) : 0);
    }

    private static (int Precedence, int Label) PolicyOf(UInt128 address)
    {
        foreach (var (prefix, length, precedence, label) in s_policies)
        {
            if (length == 0 || (address ^ prefix) >> (128 - length) == 0)
                return (precedence, label);
        }
        throw new InvalidOperationException("The last policy fits every address.");
    }

    /// <summary>RFC 6724 §3.1: 2 link-local (loopback too), 5 site-local, 14 global.</summary>
    private static int ScopeOf(UInt128 address)
    {
        if (address >> 32 == 0xFFFF)
            return (uint)address >> 24 == 127 || (uint)address >> 16 == 0xA9FE ? 2 : 14;
        var top = (uint)(address >> 118);
        return address == 1 || top == 0x3FA ? 2 : top == 0x3FB ? 5 : 14;
    }
}
