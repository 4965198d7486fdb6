using Gateway.Protocol;

namespace Gateway.Actors.Binding;

/// <summary>The rendezvous listens; null where it does not use the family.</summary>
internal sealed record RendezvousOpened(LiteralEndpoint? Ipv4, LiteralEndpoint? Ipv6);

/// <summary>The rendezvous could not listen.</summary>
internal sealed record RendezvousFailed(string Cause);

/// <summary>Nobody whom the client waits for has come in time.</summary>
internal sealed class PeerMissing
{
    public static PeerMissing Instance { get; } = new();
}
