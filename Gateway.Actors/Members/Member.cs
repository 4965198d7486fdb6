using Akka.Actor;
using Gateway.Protocol;

namespace Gateway.Actors.Members;

/// <summary>A gateway of the cluster as this node sees it.</summary>
/// <param name="Announced">What it said last.</param>
/// <param name="IsReachable">It has been heard of lately. One that has not may be dead, stopped, or cut off from here.</param>
public sealed record Member(MemberAnnouncement Announced, bool IsReachable = true)
{
    public string Name => Announced.Name;

    public IReadOnlyList<string> Roles => Announced.Roles;

    public IReadOnlyList<LiteralEndpoint> Endpoints => Announced.Endpoints;

    public int Sessions => Announced.Sessions;

    public bool IsDraining => Announced.IsDraining;

    /// <summary>New connections may be sent there.</summary>
    public bool IsUsable => IsReachable && !IsDraining;

    public bool HasRole(string role) => Roles.Contains(role);

    /// <summary>Where an actor of its member system is found: <c>/user/NAME</c> there.</summary>
    internal ActorPath PathOf(string actor) => new RootActorPath(Address.Parse(Announced.Incarnation.Address)) / "user" / actor;

    public override string ToString() => Name;
}
