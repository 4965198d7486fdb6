using Gateway.Actors.Routing;
using Gateway.Protocol;

namespace Gateway.Actors.Sessions;

/// <summary>A request and what the access rules say to it.</summary>
/// <param name="Request">As the client sent it, with what its ADDRESS ID stands for in the ID's place.</param>
/// <param name="Route">The route that decided; null when none matched.</param>
internal sealed record Requested(SocksRequest Request, Route? Route);
