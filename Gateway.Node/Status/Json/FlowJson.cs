using Gateway.Actors.Status;

namespace Gateway.Node.Status.Json;

/// <summary>What goes over a part of clients' ways.</summary>
/// <param name="From">A gateway; absent for clients.</param>
/// <param name="To">A gateway; absent for destinations.</param>
/// <param name="Family"><c>ipv4</c> or <c>ipv6</c>.</param>
/// <param name="Sessions">That live.</param>
/// <param name="Sent">Octets towards destinations since the start.</param>
/// <param name="Received">Octets towards clients since the start.</param>
public sealed record FlowJson(string? From, string? To, string? Family, long Sessions, long Sent, long Received)
{
    internal static FlowJson Of(KeyValuePair<FlowLeg, FlowCounts> flow) =>
        new(flow.Key.From, flow.Key.To, Names.OfFamily(flow.Key.Family), flow.Value.Sessions, flow.Value.Sent, flow.Value.Received);
}
