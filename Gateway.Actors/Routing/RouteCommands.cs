using Gateway.Protocol;

namespace Gateway.Actors.Routing;

/// <summary>The commands that a route applies to.</summary>
[Flags]
public enum RouteCommands
{
    None = 0,
    Connect = 1,
    Bind = 2,
    UdpAssociate = 4,
    /// <summary>A dedicated ADDRESS ASSOCIATE, and Tor's RESOLVE and RESOLVE_PTR.</summary>
    AddressAssociate = 8,
    All = Connect | Bind | UdpAssociate | AddressAssociate,
}

/// <summary>Which route command a request's CMD is.</summary>
public static class RouteCommandOf
{
    public static RouteCommands Of(SocksCommand command) => command.Base switch
    {
        SocksCommand.Connect => RouteCommands.Connect,
        SocksCommand.Bind => RouteCommands.Bind,
        SocksCommand.UdpAssociate => RouteCommands.UdpAssociate,
        SocksCommand.AddressAssociate or SocksCommand.Resolve or SocksCommand.ResolvePtr => RouteCommands.AddressAssociate,
        _ => RouteCommands.None,
    };
}
