using Gateway.Actors.Status;

namespace Gateway.Node.Status.Json;

/// <summary>A hop of a chain.</summary>
/// <param name="Pool">The role, or the gateways' names.</param>
/// <param name="Over">The family that leads to it.</param>
/// <param name="Pick">How its candidates are ordered.</param>
/// <param name="Candidates">Those who may serve now.</param>
/// <param name="Legs">The ways that lead to them.</param>
public sealed record ChainHopJson(string Pool, string Over, string Pick, IReadOnlyList<string> Candidates, IReadOnlyList<LegJson> Legs)
{
    internal static ChainHopJson Of(ChainHopView view) => new(
        view.Settings.Role is { } role ? $"role {role}" : string.Join(", ", view.Settings.Gateways),
        Names.Of(view.Settings.Over),
        Names.Of(view.Settings.Pick),
        view.Candidates,
        [.. view.Legs.Select(LegJson.Of)]);
}
