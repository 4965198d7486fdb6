using Gateway.Protocol;

namespace Gateway.Actors.Members;

/// <summary>What a member tells the others of itself.</summary>
public sealed record MemberAnnouncement
{
    /// <summary><c>node.name</c>, 1 to 63 letters, digits, '.', '-' and '_'.</summary>
    public required string Name { get; init; }

    public required Incarnation Incarnation { get; init; }

    /// <summary><c>node.roles</c> and <c>akka.cluster.roles</c>.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Where it takes SOCKS connections from other members: literals that they can connect to.</summary>
    public required IReadOnlyList<LiteralEndpoint> Endpoints { get; init; }

    /// <summary>Families that it opens connections over (<c>egress</c>).</summary>
    public FamilyWish Egress { get; init; } = FamilyWish.Any;

    /// <summary>Sessions that live there.</summary>
    public int Sessions { get; init; }

    /// <summary>It takes no new connections and is going to leave.</summary>
    public bool IsDraining { get; init; }

    /// <summary>Whether only the load differs.</summary>
    public bool DescribesSameAs(MemberAnnouncement other) =>
        Name == other.Name && Incarnation == other.Incarnation && Egress == other.Egress && IsDraining == other.IsDraining
        && Roles.SequenceEqual(other.Roles) && Endpoints.SequenceEqual(other.Endpoints);
}
