using Akka.Actor;

namespace Akka.Cluster;

/// <summary>What this node's own user, or its shutdown, asks of the membership actor.</summary>
internal static class ClusterCommands
{
    public sealed record JoinTo(Address Address) : INoSerializationVerificationNeeded;

    public sealed record JoinSeedNodes(IReadOnlyList<Address> SeedNodes) : INoSerializationVerificationNeeded;

    public sealed record Leave(Address Address) : INoSerializationVerificationNeeded;

    public sealed record Down(Address Address) : INoSerializationVerificationNeeded;

    /// <summary>Leave, and answer <see cref="Done"/> when that has begun, or when there is nothing to leave.</summary>
    public sealed record LeaveForShutdown : INoSerializationVerificationNeeded;

    /// <summary>Answer <see cref="Done"/> when this node is exiting, or no member.</summary>
    public sealed record AwaitExiting : INoSerializationVerificationNeeded;

    /// <summary>Everything this node had to do before it goes is done.</summary>
    public sealed record ExitingCompleted : INoSerializationVerificationNeeded;
}
