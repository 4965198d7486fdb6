namespace Gateway.Actors.Chains;

/// <summary>A leg that is out of use.</summary>
/// <param name="Leg">Which.</param>
/// <param name="Failures">In a row, at least 1.</param>
/// <param name="Due">When it may be tried again.</param>
public readonly record struct EjectedLeg(Leg Leg, int Failures, TimeSpan Due);
