using Gateway.Protocol;

namespace Gateway.Transport;

/// <summary>
/// Source addresses of outgoing sockets, per family. 0.0.0.0 and :: leave the choice to the kernel; several take turns; a family
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

    /// <summary>The source for the next socket of <paramref name="family"/>. Any thread.</summary>
    public IpEndpoint Next(IpFamily family) => Of(family) switch
    {
        [] => default,
        [var only] => only,
        var several => several[(int)((uint)Interlocked.Increment(ref _turn) % (uint)several.Count)],
    };

    private IReadOnlyList<IpEndpoint> Of(IpFamily family) => family == IpFamily.V4 ? V4 : V6;
}
