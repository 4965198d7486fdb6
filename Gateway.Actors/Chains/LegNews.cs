namespace Gateway.Actors.Chains;

/// <summary>What one node learned of a leg at first hand, for all others.</summary>
/// <param name="Leg">Where.</param>
/// <param name="IsEjected">It cannot be used; otherwise it can again.</param>
/// <param name="At">When, in the time of whoever holds this value.</param>
public readonly record struct LegNews(Leg Leg, bool IsEjected, TimeSpan At);
