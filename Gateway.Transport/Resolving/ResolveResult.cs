namespace Gateway.Transport;

/// <summary>What a lookup found.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Addresses">For names: addresses with port 0, in the system's order (RFC 6724).</param>
/// <param name="Name">For addresses: the name, without a final dot.</param>
public sealed record ResolveResult(ResolveStatus Status, IReadOnlyList<IpEndpoint> Addresses, string? Name = null)
{
    public static ResolveResult NotFound { get; } = new(ResolveStatus.NotFound, []);
    public static ResolveResult Temporary { get; } = new(ResolveStatus.Temporary, []);
    public static ResolveResult Overloaded { get; } = new(ResolveStatus.Overloaded, []);

    public static ResolveResult Found(params IReadOnlyList<IpEndpoint> addresses) => new(ResolveStatus.Found, addresses);

    public static ResolveResult Found(string name) => new(ResolveStatus.Found, [], name);
}
