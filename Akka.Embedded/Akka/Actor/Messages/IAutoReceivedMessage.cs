namespace Akka.Actor;

/// <summary>Handled by the engine before the actor sees it, if the actor sees it at all.</summary>
public interface IAutoReceivedMessage
{
}
