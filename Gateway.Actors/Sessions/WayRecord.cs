namespace Gateway.Actors.Sessions;

/// <summary>A way that datagrams of an association took: directly, or through a chain's gateways.</summary>
/// <param name="Via"><c>direct</c> or the chain's name.</param>
/// <param name="Hops">In the order of travel; empty for the direct way.</param>
/// <param name="Sent">Octets of data from the client.</param>
/// <param name="Received">Octets of data to the client.</param>
/// <param name="Stands">It is in use; false when it has been lost.</param>
public sealed record WayRecord(string Via, IReadOnlyList<HopRecord> Hops, long Sent, long Received, bool Stands = true);
