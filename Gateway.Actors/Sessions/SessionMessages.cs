using Akka.Event;
using Gateway.Transport;
using SocksLib;

namespace Gateway.Actors.Sessions;

/// <summary>
/// What happens to a session from outside, at its own time. A session that has ended meanwhile misses nothing by it, so it is no dead
/// letter.
/// </summary>
internal interface ISessionNews : IDeadLetterSuppression;

/// <summary>The client has sent something that the session has not looked at.</summary>
internal sealed class ClientReadable : ISessionNews
{
    public static ClientReadable Instance { get; } = new();
}

/// <summary>The client sends no more.</summary>
internal sealed class ClientFinished : ISessionNews
{
    public static ClientFinished Instance { get; } = new();
}

/// <summary>The client's connection is gone.</summary>
internal sealed record ClientClosed(CloseReason Reason) : ISessionNews;

/// <summary>No request was there in time.</summary>
internal sealed class RequestTimedOut : ISessionNews
{
    public static RequestTimedOut Instance { get; } = new();
}

/// <summary>The answer to a login: the user's name, or null when the password was wrong.</summary>
internal sealed record LoginChecked(string? User) : ISessionNews;

/// <summary>The far side is there, in <see cref="SessionEvents.TakeTarget"/>: the destination, or the peer of a BIND.</summary>
internal sealed class Connected : ISessionNews
{
    public static Connected Instance { get; } = new();
}

/// <summary>No way led to the destination.</summary>
internal sealed record ConnectFailed(DialFailure Failure) : ISessionNews;

/// <summary>The chain stands, in <see cref="SessionEvents.TakeLink"/>.</summary>
internal sealed class ChainLinked : ISessionNews
{
    public static ChainLinked Instance { get; } = new();
}

/// <summary>No way led through the chain, or its last hop said no.</summary>
internal sealed record ChainFailed(ChainFailure Failure, IReadOnlyList<ChainHop> Way) : ISessionNews;

/// <summary>A chain that waits has sent something.</summary>
internal sealed class ChannelReadable : ISessionNews
{
    public static ChannelReadable Instance { get; } = new();
}

/// <summary>A chain that waits has ended.</summary>
internal sealed record ChannelEnded(string Cause) : ISessionNews;

/// <summary>Both sides have finished, or one has failed.</summary>
internal sealed record RelayEnded(RelayOutcome Outcome) : ISessionNews;
