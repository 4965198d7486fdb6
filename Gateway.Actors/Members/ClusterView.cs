namespace Gateway.Actors.Members;

/// <summary>A cluster as one of its members sees it, in as much as it takes to tell two clusters apart.</summary>
/// <param name="IsJoined">That member is in a cluster.</param>
/// <param name="Size">Members that count each other, itself included; 0 when it is in none.</param>
/// <param name="Lowest">The address of one of them that sorts first; empty when it is in none.</param>
internal readonly record struct ClusterView(bool IsJoined, int Size, string Lowest)
{
    public static ClusterView None { get; } = new(false, 0, "");

    /// <summary>
    /// Whether of two clusters that have met this one gives itself up, and its members join the other: the smaller does, and of two of one
    /// size the one whose first address sorts later. Asked from both sides it is true once.
    /// </summary>
    public bool YieldsTo(ClusterView other) =>
        IsJoined && other.IsJoined && (Size != other.Size ? Size < other.Size : string.CompareOrdinal(Lowest, other.Lowest) > 0);
}
