using Gateway.Actors.Settings;

namespace Gateway.Actors.Status;

/// <summary>A hop of a chain at one moment.</summary>
/// <param name="Settings">What the settings say.</param>
/// <param name="Candidates">Names of those who may serve.</param>
/// <param name="Ejected">Names of those whom the operator has taken out.</param>
/// <param name="Legs">The ways that lead to them, from each who may stand before them.</param>
public sealed record ChainHopView(HopSettings Settings, IReadOnlyList<string> Candidates, IReadOnlyList<string> Ejected, IReadOnlyList<LegView> Legs);
