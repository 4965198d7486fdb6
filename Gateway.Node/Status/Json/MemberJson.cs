using Gateway.Actors.Members;

namespace Gateway.Node.Status.Json;

/// <summary>A gateway of the cluster.</summary>
/// <param name="Address">Where its remoting listens; absent for a gateway alone.</param>
/// <param name="Endpoints">Where it takes SOCKS connections of the others.</param>
public sealed record MemberJson(
    string Name, string? Address, IReadOnlyList<string> Roles, IReadOnlyList<string> Endpoints, int Sessions, bool Reachable, bool Draining)
{
    internal static MemberJson Of(Member member) => new(
        member.Name,
        member.Announced.Incarnation.Address is { Length: > 0 } address ? address : null,
        member.Roles,
        [.. member.Endpoints.Select(endpoint => endpoint.Canonical.ToString())],
        member.Sessions,
        member.IsReachable,
        member.IsDraining);
}
