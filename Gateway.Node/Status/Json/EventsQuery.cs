namespace Gateway.Node.Status.Json;

/// <summary>Events behind the one with that number.</summary>
/// <param name="Life">Of which process the number is, by its start in milliseconds of Unix time; of another all events are behind it. Absent: of any.</param>
/// <param name="WaitMs">How long to wait for the first where there is none yet.</param>
public sealed record EventsQuery(long After, long? Life = null, int? WaitMs = null)
{
    /// <summary>Goes on behind what it has, and must miss nothing; otherwise the latest are wanted.</summary>
    internal bool IsFollowing => After > 0 || WaitMs is not null;
}
