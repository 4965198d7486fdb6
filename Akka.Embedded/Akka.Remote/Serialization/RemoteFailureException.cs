using Akka.Actor;

namespace Akka.Remote.Serialization;

/// <summary>What went wrong on another node: the name of its exception and the text. No exception is made by a name from the wire.</summary>
internal sealed class RemoteFailureException(string message) : AkkaException(message);
