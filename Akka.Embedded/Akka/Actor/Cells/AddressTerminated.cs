namespace Akka.Actor;

/// <summary>The node at this address was given up.</summary>
internal sealed record AddressTerminated(Address Address) : IAutoReceivedMessage, IPossiblyHarmful;
