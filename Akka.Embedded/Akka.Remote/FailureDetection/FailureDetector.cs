namespace Akka.Remote;

/// <summary>Judges from the arrival of heartbeats whether their sender is there.</summary>
public abstract class FailureDetector
{
    public static readonly Clock DefaultClock = () => Environment.TickCount64;

    /// <summary>True also before the first heartbeat.</summary>
    public abstract bool IsAvailable { get; }

    /// <summary>Whether there was a heartbeat.</summary>
    public abstract bool IsMonitoring { get; }

    public abstract void HeartBeat();
}
