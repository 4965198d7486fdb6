namespace Gateway.Actors.Chains;

/// <summary>A server among which one is picked, as the policies see it.</summary>
/// <param name="Name">Unique in its hop.</param>
/// <param name="Sessions">How many it serves, as far as this node knows.</param>
/// <param name="Latency">How long it takes to answer on this leg; null when that was not measured lately.</param>
public readonly record struct PickCandidate(string Name, int Sessions = 0, TimeSpan? Latency = null);
