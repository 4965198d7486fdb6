namespace Gateway.Node.Status.Json;

/// <summary>The cluster as the asked gateway sees it.</summary>
/// <param name="Node">That gateway.</param>
/// <param name="Joined">It is in a cluster with others, or was told of none.</param>
/// <param name="Members">Itself first.</param>
/// <param name="Ejected">Legs that are out of use.</param>
/// <param name="EjectedServers">Members and other gateways that the operator has taken out of this gateway's chains.</param>
/// <param name="Missing">Seed nodes of its settings where no member is: <c>akka.tcp://socks64@192.0.2.1:4053</c>.</param>
public sealed record ClusterJson(
    string Node, bool Joined, IReadOnlyList<MemberJson> Members, IReadOnlyList<LegJson> Ejected, IReadOnlyList<string> EjectedServers, IReadOnlyList<string> Missing);
