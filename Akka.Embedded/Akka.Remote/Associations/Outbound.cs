using Akka.Actor;

namespace Akka.Remote.Associations;

/// <summary>What waits for the writer of an association: a message, or a hint that there is something else to write.</summary>
internal readonly record struct Outbound(object? Message, IActorRef? Sender, RemoteActorRef? Recipient)
{
    /// <summary>There are system messages in the outbox.</summary>
    public static readonly object SystemMessages = new();

    /// <summary>Ask the peer for a sign of life.</summary>
    public static readonly object Ping = new();

    /// <summary>Look up: the connection may be gone.</summary>
    public static readonly object Wake = new();
}
