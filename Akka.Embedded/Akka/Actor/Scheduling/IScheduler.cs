namespace Akka.Actor;

/// <summary>Sends messages later, once or again and again. A delay is kept or exceeded, by up to two ticks.</summary>
public interface IScheduler : ITellScheduler, ITimeProvider
{
    IAdvancedScheduler Advanced { get; }
}
