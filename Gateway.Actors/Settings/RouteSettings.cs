using Gateway.Actors.Routing;

namespace Gateway.Actors.Settings;

/// <summary>One access rule: who may go where, and by which way.</summary>
public sealed record RouteSettings
{
    public const string Direct = "direct";
    public const string Reject = "reject";

    /// <summary>Client networks; empty for every client.</summary>
    public IReadOnlyList<IpNetwork> From { get; init; } = [];

    /// <summary>Names of <see cref="GatewaySettings.Users"/>; empty for every client, named or not.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    public RouteCommands Commands { get; init; } = RouteCommands.All;

    /// <summary>Numbers of <see cref="GatewaySettings.Listeners"/>; empty for all.</summary>
    public IReadOnlyList<int> Listeners { get; init; } = [];

    public required DestinationSet To { get; init; }

    public PortSet Ports { get; init; } = PortSet.All;

    /// <summary><see cref="Direct"/>, <see cref="Reject"/>, or the name of a chain.</summary>
    public required string Via { get; init; }

    /// <summary>Applies to what arrives from a fellow member too, although it leads through a chain.</summary>
    public bool Transit { get; init; }

    public bool IsChain => Via is not (Direct or Reject);

    /// <summary>The one route of a gateway whose file names none.</summary>
    public static RouteSettings AllDirect { get; } = new() { To = DestinationSet.Any, Via = Direct };
}
