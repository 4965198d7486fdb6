using Gateway.Actors.Chains;

namespace Gateway.Actors.Status;

/// <summary>The way from one gateway to the next, at one moment.</summary>
/// <param name="Leg">From where to where, and over what.</param>
/// <param name="IsEjected">Out of use.</param>
/// <param name="Failures">In a row.</param>
/// <param name="Again">Until it may be tried again; null when it is in use.</param>
/// <param name="Latency">How long its end took to answer lately; null when that was not measured.</param>
public sealed record LegView(Leg Leg, bool IsEjected, int Failures, TimeSpan? Again, TimeSpan? Latency);
