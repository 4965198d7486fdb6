namespace Akka.Actor.Internal;

/// <summary>A child and how often it was restarted of late.</summary>
public class ChildRestartStats
{
    internal ChildRestartStats(IInternalActorRef child) => Child = child;

    public IInternalActorRef Child { get; }
    public long Uid => Child.Path.Uid;

    /// <summary>Restarts within the current window.</summary>
    public uint MaxNrOfRetriesCount { get; private set; }

    /// <summary>When the current window began, on a monotonic clock; 0 before the first failure.</summary>
    public long RestartTimeWindowStartTicks { get; private set; }

    /// <summary>Counts one restart. False if that is one too many. A negative limit is none.</summary>
    public bool RequestRestartPermission(int maxNrOfRetries, int withinTimeMilliseconds)
    {
        if (maxNrOfRetries == 0)
            return false;
        if (withinTimeMilliseconds <= 0)
            return maxNrOfRetries < 0 || ++MaxNrOfRetriesCount <= maxNrOfRetries;

        var limit = maxNrOfRetries < 0 ? 1 : maxNrOfRetries;
        var now = Math.Max(1, Environment.TickCount64);
        if (RestartTimeWindowStartTicks == 0)
            RestartTimeWindowStartTicks = now;
        if (now - RestartTimeWindowStartTicks <= withinTimeMilliseconds)
            return ++MaxNrOfRetriesCount <= limit;
        MaxNrOfRetriesCount = 1;
        RestartTimeWindowStartTicks = now;
        return true;
    }
}
