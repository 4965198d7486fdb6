using Gateway.Protocol;

namespace Gateway.Actors.Chains;

/// <summary>The way from one server to the next. Health belongs to it, and not to the server at its end.</summary>
/// <param name="From">The name of the member or server that it starts at.</param>
/// <param name="To">The name of the member or server that it leads to.</param>
/// <param name="Family">Of the address connected to; none where only that server knows it.</param>
public readonly record struct Leg(string From, string To, IpFamily Family)
{
    public override string ToString() => Family == IpFamily.None ? $"{From} → {To}" : $"{From} → {To} (IP{Family.ToString().ToLowerInvariant()})";
}
