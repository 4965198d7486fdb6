using Gateway.Actors.Sessions;

namespace Gateway.Node.Status.Json;

/// <summary>A gateway that a session passes.</summary>
public sealed record HopJson(string Name, string Address, string Family, double Ms)
{
    internal static HopJson Of(HopRecord hop) =>
        new(hop.Name, hop.Address.ToString(), hop.Address.Address.IsIpv6 ? "ipv6" : "ipv4", hop.Answered.TotalMilliseconds);
}
