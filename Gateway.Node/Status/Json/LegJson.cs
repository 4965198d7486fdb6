using Gateway.Actors.Status;

namespace Gateway.Node.Status.Json;

/// <summary>The way from one gateway to the next.</summary>
/// <param name="Family"><c>ipv4</c> or <c>ipv6</c>; absent where only its start knows.</param>
/// <param name="Ejected">Out of use.</param>
/// <param name="Failures">In a row.</param>
/// <param name="AgainMs">Until it may be tried again.</param>
/// <param name="LatencyMs">How long its end took to answer lately.</param>
public sealed record LegJson(string From, string To, string? Family, bool Ejected, int Failures, double? AgainMs, double? LatencyMs)
{
    internal static LegJson Of(LegView view) => new(
        view.Leg.From,
        view.Leg.To,
        Names.OfFamily(view.Leg.Family),
        view.IsEjected,
        view.Failures,
        view.Again?.TotalMilliseconds,
        view.Latency?.TotalMilliseconds);
}
