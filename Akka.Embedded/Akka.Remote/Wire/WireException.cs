namespace Akka.Remote.Wire;

/// <summary>The other side sent octets that no peer of ours would send. The connection is not worth keeping.</summary>
internal sealed class WireException(string message) : Exception(message);
