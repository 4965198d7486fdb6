namespace Akka.Cluster;

/// <summary>Oldest first: by the order in which members came up, then by address.</summary>
internal sealed class AgeOrder : IComparer<Member>
{
    public int Compare(Member? x, Member? y)
    {
        if (x is null || y is null)
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        if (x.Equals(y))
            return 0;
        return x.IsOlderThan(y) ? -1 : 1;
    }
}
