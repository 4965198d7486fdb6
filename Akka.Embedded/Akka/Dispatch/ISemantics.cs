namespace Akka.Dispatch;

/// <summary>What an actor can ask of its mailbox.</summary>
public interface ISemantics
{
}
