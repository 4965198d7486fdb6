namespace Akka.Cluster;

/// <summary>
/// Where a member stands: <c>Joining → (WeaklyUp →) Up → Leaving → Exiting → Removed</c>, and from anywhere <c>Down → Removed</c>.
/// </summary>
public enum MemberStatus
{
    Joining = 0,
    Up = 1,
    Leaving = 2,
    Exiting = 3,
    Down = 4,
    Removed = 5,
    WeaklyUp = 6,
}
