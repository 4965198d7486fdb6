namespace Akka.Actor;

public interface IWithTimers
{
    /// <summary>Set by the engine after the constructor.</summary>
    ITimerScheduler Timers { get; set; }
}
