namespace Akka.Event;

/// <summary>A message that is often late by nature; lost, it is a <see cref="SuppressedDeadLetter"/>.</summary>
public interface IDeadLetterSuppression
{
}
