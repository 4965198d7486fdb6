using Gateway.Actors.Status;

namespace Gateway.Node.Status.Json;

/// <summary>A hop of a chain.</summary>
/// <param name="Pool">The role, or the gateways' names.</param>
/// <param name="Over">The family that leads to it.</param>
/// <param name="Pick">How its candidates are ordered.</param>
/// <param name="Candidates">Those who may serve now.</param>
/// <param name="Ejected">Those whom the operator has taken out.</param>
/// <param name="Legs">The ways that lead to them.</param>
public sealed record ChainHopJson(string Pool, string Over, string Pick, IReadOnlyList<string> Candidates, IReadOnlyList<string> Ejected, IReadOnlyList<LegJson> Legs)
{
    internal static ChainHopJson Of(ChainHopView view) => new(
        view.Settings.Role is { } role ? $"role {role}" : string.Join(", ", view.Settings.Gateways),
        Names.Of(view.Settings.Over),
        Names.Of(view.Settings.Pick),
        view.Candidates,
        view.Ejected,
        [.. view.Legs.Select(LegJson.Of)]);
}
