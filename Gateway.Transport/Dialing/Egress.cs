using Gateway.Protocol;

namespace Gateway.Transport;

/// <summary>
/// Source addresses of outgoing sockets, per family. 0.0.0.0 and :: leave the choice to the kernel; several are shared out; a family
/// without any is not used.
/// </summary>
/// <param name="V4">IPv4 addresses, ports 0.</param>
/// <param name="V6">IPv6 addresses, ports 0.</param>
public sealed record Egress(IReadOnlyList<IpEndpoint> V4, IReadOnlyList<IpEndpoint> V6)
{
    /// <summary>Both families, the kernel's choice.</summary>
    public static Egress Any { get; } = new([IpEndpoint.Unspecified(IpFamily.V4)], [IpEndpoint.Unspecified(IpFamily.V6)]);

    private int _turn;

    /// <summary>The address from which the kernel would reach <paramref name="destination"/>; no address when there is no route.</summary>
    public static IpEndpoint SourceToward(in IpEndpoint destination) => AddressOrder.KernelSource(destination);

    /// <summary>Whether <paramref name="family"/> may be used.</summary>
    public bool Has(IpFamily family) => Of(family).Count > 0;

    /// <summary>The source for the next socket of <paramref name="family"/> that belongs to no client: they take turns. Any thread.</summary>
    public IpEndpoint Next(IpFamily family) => Of(family) switch
    {
        [] => default,
        [var only] => only,
        var several => several[(int)((uint)Interlocked.Increment(ref _turn) % (uint)several.Count)],
    };

    /// <summary>
    /// The source for all sockets of <paramref name="family"/> that one client needs. Whoever takes datagrams for a control connection
    /// takes them from its address alone (RFC 1928 §7), and RFC 4787 (REQ-2) recommends the same of address translators.
    /// </summary>
    /// <param name="client">Canonical. Clients are shared out evenly, and each finds the same source again.</param>
    public IpEndpoint For(IpFamily family, IpLiteral client) =>
        Of(family) is { Count: > 1 } several ? several[(int)Math.BigMul(Scattered(client.Bits), (uint)several.Count, out _)] : Next(family);

    /// <summary>Neighbouring addresses far apart (Fibonacci hashing); the same in every process.</summary>
    private static ulong Scattered(UInt128 bits) => ((ulong)bits ^ (ulong)(bits >> 64)) * 0x9E37_79B9_7F4A_7C15;

    private IReadOnlyList<IpEndpoint> Of(IpFamily family) => family == IpFamily.V4 ? V4 : V6;
}
