using Akka.Event;

namespace Akka.Remote;

/// <summary>Asks another system's remote watcher for a sign of life.</summary>
internal sealed record WatchHeartbeat : IDeadLetterSuppression
{
    public static readonly WatchHeartbeat Instance = new();
}
