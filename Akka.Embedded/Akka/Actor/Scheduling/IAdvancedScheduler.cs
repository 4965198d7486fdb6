namespace Akka.Actor;

/// <summary>Runs code, not only sends messages. The code runs on the scheduler's thread: keep it short, and out of actors.</summary>
public interface IAdvancedScheduler : IActionScheduler
{
}
