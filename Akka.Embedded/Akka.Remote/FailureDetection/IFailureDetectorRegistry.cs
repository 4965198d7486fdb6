namespace Akka.Remote;

/// <summary>One failure detector for each resource that ever sent a heartbeat.</summary>
public interface IFailureDetectorRegistry<in T>
{
    void Heartbeat(T resource);

    /// <summary>True for a resource that is not monitored.</summary>
    bool IsAvailable(T resource);

    bool IsMonitoring(T resource);

    void Remove(T resource);

    void Reset();
}
