using System.Net;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.Chains;

/// <summary>Settings of an entry gateway whose only route leads through a chain named <c>way</c>.</summary>
internal static class ChainLab
{
    /// <summary>One gateway of a pool.</summary>
    /// <param name="more">Further keys of <c>gateways.NAME</c>.</param>
    public static string Server(string name, IPEndPoint address, string more = "") => $"gateways.{name} {{ address = \"{address}\", {more} }}\n";

    /// <summary>A gateway of our own make as one gateway of a pool, at its listener of a family.</summary>
    public static string Server(string name, TestGateway hop, string family, string more = "") => Server(name, Door(hop, family), more);

    /// <summary>The chain, and the route of everything through it.</summary>
    /// <param name="hops">One object each.</param>
    /// <param name="more">Further keys of the chain.</param>
    public static string Chain(string hops, string more = "") => $$"""
        chains.way { hops = [{{hops}}], {{more}} }
        routes = [{ to = any, via = way }]

        """;

    /// <summary>Where a gateway listens.</summary>
    public static IPEndPoint Door(TestGateway gateway, string family) =>
        gateway.Host.Listening.First(door => door.Address.Family == IpLiteral.Parse(family).Family).ToIPEndPoint();
}
