using System.Collections.Immutable;

namespace Gateway.Actors.Members;

/// <summary>The gateways of the cluster as this node sees them: one value, replaced whole whenever something changes.</summary>
public sealed record Topology
{
    private Topology(Member self) => Self = self;

    public Member Self { get; private init; }

    /// <summary>Everybody else, by name and then by address.</summary>
    public ImmutableArray<Member> Others { get; private init; } = [];

    /// <summary>Grows with each change.</summary>
    public long Version { get; private init; }

    /// <summary>This node and the others.</summary>
    public IEnumerable<Member> Members => Others.Prepend(Self);

    /// <summary>A node that is in no cluster, or has heard of nobody yet.</summary>
    public static Topology Alone(MemberAnnouncement self) => new(new Member(self));

    /// <summary>Who holds <paramref name="role"/>, this node first if it does; among them those that are not usable.</summary>
    public IEnumerable<Member> WithRole(string role) => Members.Where(member => member.HasRole(role));

    /// <summary>The member of that name; one that is usable if several bear it.</summary>
    public Member? Find(string name) =>
        Members.Where(member => member.Name == name).OrderByDescending(member => member.IsUsable).FirstOrDefault();

    /// <summary>The next version with this news; the same object when it is none.</summary>
    public Topology With(MemberAnnouncement self, IEnumerable<Member> others)
    {
        var sorted = others
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .ThenBy(member => member.Announced.Incarnation.Address, StringComparer.Ordinal)
            .ToImmutableArray();
        var isSelfSame = self.DescribesSameAs(Self.Announced) && self.Sessions == Self.Sessions;
        var areOthersSame = sorted.SequenceEqual(Others);
        return isSelfSame && areOthersSame
            ? this
            : this with { Self = isSelfSame ? Self : new Member(self), Others = areOthersSame ? Others : sorted, Version = Version + 1 };
    }

    /// <summary>As <see cref="With"/>, when nothing is new of this node.</summary>
    public Topology WithOthers(IEnumerable<Member> others) => With(Self.Announced, others);
}
