using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>What a kit asks of its own test actor; everything else is a message for the test.</summary>
internal abstract record TestActorCommand : INoSerializationVerificationNeeded
{
    /// <summary>Answered with <see cref="Done"/> once the watch stands.</summary>
    public sealed record Watch(IActorRef Actor) : TestActorCommand;

    /// <inheritdoc cref="Watch"/>
    public sealed record Unwatch(IActorRef Actor) : TestActorCommand;

    public sealed record Pilot(AutoPilot AutoPilot) : TestActorCommand;

    /// <summary>Messages for which <paramref name="IsIgnored"/> holds do not reach the test; null ends that.</summary>
    public sealed record Ignore(Func<object, bool>? IsIgnored) : TestActorCommand;

    /// <summary>Makes a child, which is then put into the queue as if it were a message.</summary>
    public sealed record Spawn(Props Props, string? Name) : TestActorCommand;

    public sealed record Done : TestActorCommand
    {
        public static readonly Done Instance = new();
    }
}
