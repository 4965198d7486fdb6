using Gateway.Protocol;

namespace Gateway.Actors.Status;

/// <summary>A live UDP association at one moment; its octets stand in its session's <see cref="SessionView"/>.</summary>
/// <param name="Client">Whose datagrams it relays; port 0 until that is known.</param>
/// <param name="Relay">Where the client sends to.</param>
/// <param name="Lost">Datagrams that the gateway itself lost.</param>
/// <param name="Quiet">Since the last datagram that was relayed.</param>
public sealed record AssociationView(LiteralEndpoint Client, LiteralEndpoint Relay, long Lost, TimeSpan Quiet);
