using Gateway.Actors.Sessions;

namespace Gateway.Node.Status.Json;

/// <summary>A way that datagrams of an association take; <c>hops</c> is absent for the direct one, and <c>stands</c> false for one that was lost.</summary>
public sealed record WayJson(string Via, IReadOnlyList<HopJson>? Hops, long Sent, long Received, bool Stands)
{
    internal static WayJson Of(WayRecord way) =>
        new(way.Via, way.Hops.Count == 0 ? null : [.. way.Hops.Select(HopJson.Of)], way.Sent, way.Received, way.Stands);
}
