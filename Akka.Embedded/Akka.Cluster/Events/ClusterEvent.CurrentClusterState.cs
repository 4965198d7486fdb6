using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster;

public partial class ClusterEvent
{
    /// <summary>The cluster at one moment, as this node sees it.</summary>
    public sealed class CurrentClusterState : INoSerializationVerificationNeeded
    {
        private readonly ImmutableDictionary<string, Address> _roleLeaders;

        public CurrentClusterState()
            : this([], [], [], null!, ImmutableDictionary<string, Address>.Empty)
        {
        }

        public CurrentClusterState(
            ImmutableSortedSet<Member> members,
            ImmutableHashSet<Member> unreachable,
            ImmutableHashSet<Address> seenBy,
            Address leader,
            ImmutableDictionary<string, Address> roleLeaderMap)
        {
            Members = members;
            Unreachable = unreachable;
            SeenBy = seenBy;
            Leader = leader;
            _roleLeaders = roleLeaderMap;
        }

        /// <summary>Every role that a member holds.</summary>
        public ImmutableHashSet<string> AllRoles => [.. _roleLeaders.Keys];

        /// <summary>Null while nobody leads.</summary>
        public Address Leader { get; }

        public ImmutableSortedSet<Member> Members { get; }

        public ImmutableHashSet<Address> SeenBy { get; }

        public ImmutableHashSet<Member> Unreachable { get; }

        /// <summary>Null when nobody holds the role.</summary>
        public Address RoleLeader(string role) => _roleLeaders.GetValueOrDefault(role)!;
    }
}
