namespace Gateway.Actors.Members;

/// <summary>What a <see cref="MemberActor"/> works with; the same through all lives of the member system.</summary>
internal sealed record MemberTerms
{
    public required MemberIdentity Identity { get; init; }

    public required IReadOnlyList<string> SeedNodes { get; init; }

    public required Roster Roster { get; init; }

    public required TopologyBoard Board { get; init; }

    public required MemberTiming Timing { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Ends this life of the member system, so that the next joins the cluster of the member at that address.</summary>
    public Action<string> YieldTo { get; init; } = _ => { };

    public TimeSpan Now => Time.GetElapsedTime(0);
}
