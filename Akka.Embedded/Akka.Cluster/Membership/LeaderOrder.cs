namespace Akka.Cluster;

/// <summary>Who leads when nobody is up: those who are furthest from going away first, then by address.</summary>
internal sealed class LeaderOrder : IComparer<Member>
{
    public static readonly LeaderOrder Instance = new();

    public int Compare(Member? x, Member? y)
    {
        var byStatus = Rank(x!.Status).CompareTo(Rank(y!.Status));
        return byStatus != 0 ? byStatus : x.CompareTo(y);
    }

    private static int Rank(MemberStatus status) => status switch
    {
        MemberStatus.WeaklyUp => 1,
        MemberStatus.Joining => 2,
        MemberStatus.Exiting => 3,
        MemberStatus.Down => 4,
        _ => 0,
    };
}
