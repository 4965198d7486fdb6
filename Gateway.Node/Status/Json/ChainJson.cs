using Gateway.Actors.Status;

namespace Gateway.Node.Status.Json;

/// <summary>A chain.</summary>
/// <param name="Live">Some way through it stands.</param>
/// <param name="Why">Why none does.</param>
/// <param name="DestinationOver">The family towards the destination.</param>
public sealed record ChainJson(string Name, bool Live, string? Why, string DestinationOver, IReadOnlyList<ChainHopJson> Hops)
{
    internal static ChainJson Of(ChainView view) =>
        new(view.Name, view.IsLive, view.WhyNot, Names.Of(view.Settings.DestinationOver), [.. view.Hops.Select(ChainHopJson.Of)]);
}
