using Gateway.Actors.Sessions;
using Gateway.Protocol;

namespace Gateway.Actors.Binding;

/// <summary>The rendezvous listens; null where it does not use the family.</summary>
internal sealed record RendezvousOpened(LiteralEndpoint? Ipv4, LiteralEndpoint? Ipv6) : ISessionNews;

/// <summary>The rendezvous could not listen.</summary>
internal sealed record RendezvousFailed(string Cause) : ISessionNews;

/// <summary>Nobody whom the client waits for has come in time.</summary>
internal sealed class PeerMissing : ISessionNews
{
    public static PeerMissing Instance { get; } = new();
}
