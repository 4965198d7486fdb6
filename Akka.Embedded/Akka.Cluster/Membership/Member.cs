using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster;

/// <summary>One node of the cluster and where it stands. Two members are equal when they are the same incarnation, whatever their status.</summary>
public class Member : IComparable, IComparable<Member>
{
    /// <summary>By host, then port.</summary>
    public static readonly IComparer<Address> AddressOrdering = new AddressOrder();

    /// <summary>Oldest first.</summary>
    public static readonly IComparer<Member> AgeOrdering = new AgeOrder();

    internal const int NotUpYet = int.MaxValue;

    internal Member(UniqueAddress uniqueAddress, int upNumber, MemberStatus status, ImmutableHashSet<string> roles)
    {
        UniqueAddress = uniqueAddress;
        UpNumber = upNumber;
        Status = status;
        Roles = roles;
    }

    public Address Address => UniqueAddress.Address;

    public ImmutableHashSet<string> Roles { get; }

    public MemberStatus Status { get; }

    public UniqueAddress UniqueAddress { get; }

    /// <summary>The order in which members came up; <see cref="NotUpYet"/> before.</summary>
    internal int UpNumber { get; }

    /// <summary>A member that has just asked to join.</summary>
    internal static Member Joining(UniqueAddress node, ImmutableHashSet<string> roles) => new(node, NotUpYet, MemberStatus.Joining, roles);

    /// <summary>Of two views of one member, the one that is further on its way; of equal ones, the older.</summary>
    public static Member HighestPriorityOf(Member m1, Member m2)
    {
        if (m1.Status == m2.Status)
            return m1.IsOlderThan(m2) ? m1 : m2;
        return Progress(m1.Status) > Progress(m2.Status) ? m1 : m2;
    }

    public int CompareTo(Member? other) => other is null ? 1 : UniqueAddress.CompareTo(other.UniqueAddress);

    int IComparable.CompareTo(object? obj) => CompareTo(obj as Member);

    /// <exception cref="InvalidOperationException">A member never goes that way.</exception>
    public Member Copy(MemberStatus status)
    {
        if (status == Status)
            return this;
        if (!MayBecome(status))
            throw new InvalidOperationException($"Invalid member status transition [{this} -> {status}]");
        return new Member(UniqueAddress, UpNumber, status, Roles);
    }

    public Member CopyUp(int upNumber) => new Member(UniqueAddress, upNumber, Status, Roles).Copy(MemberStatus.Up);

    public bool HasRole(string role) => Roles.Contains(role);

    /// <summary>Whether this member came up before the other.</summary>
    public bool IsOlderThan(Member other) => UpNumber == other.UpNumber
        ? AddressOrdering.Compare(Address, other.Address) < 0
        : UpNumber < other.UpNumber;

    public override bool Equals(object? obj) => obj is Member member && UniqueAddress.Equals(member.UniqueAddress);

    public override int GetHashCode() => UniqueAddress.GetHashCode();

    public override string ToString() =>
        $"Member(address = {Address}, Uid={UniqueAddress.Uid} status = {Status}, role=[{string.Join(",", Roles)}], upNumber={UpNumber})";

    private static int Progress(MemberStatus status) => status switch
    {
        MemberStatus.Joining => 0,
        MemberStatus.WeaklyUp => 1,
        MemberStatus.Up => 2,
        MemberStatus.Leaving => 3,
        MemberStatus.Exiting => 4,
        MemberStatus.Down => 5,
        _ => 6,
    };

    private bool MayBecome(MemberStatus next) => Status switch
    {
        MemberStatus.Joining => next is MemberStatus.WeaklyUp or MemberStatus.Up or MemberStatus.Leaving or MemberStatus.Down or MemberStatus.Removed,
        MemberStatus.WeaklyUp => next is MemberStatus.Up or MemberStatus.Leaving or MemberStatus.Down or MemberStatus.Removed,
        MemberStatus.Up => next is MemberStatus.Leaving or MemberStatus.Down or MemberStatus.Removed,
        MemberStatus.Leaving => next is MemberStatus.Exiting or MemberStatus.Down or MemberStatus.Removed,
        MemberStatus.Exiting => next is MemberStatus.Down or MemberStatus.Removed,
        MemberStatus.Down => next is MemberStatus.Removed,
        _ => false,
    };
}
