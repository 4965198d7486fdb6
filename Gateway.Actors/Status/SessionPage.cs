namespace Gateway.Actors.Status;

/// <summary>Some of the sessions that a filter lets through.</summary>
/// <param name="Sessions">In the order of their ids.</param>
/// <param name="Matched">How many there are in all.</param>
/// <param name="Next">What to ask after for the following ones; null when these are the last.</param>
public sealed record SessionPage(IReadOnlyList<SessionView> Sessions, int Matched, long? Next);
