namespace Akka.Actor;

/// <summary>Whom a cell watches, who watches it, and whose death it has been told but not yet handled.</summary>
internal sealed class DeathWatch
{
    /// <summary>With the message that <c>WatchWith</c> asked for, or null.</summary>
    public Dictionary<IActorRef, object?> Watching { get; } = [];

    public Dictionary<IActorRef, object?> Queued { get; } = [];

    public WatcherSet WatchedBy;

    /// <summary>The cell wants to hear of nodes given up, because one of those it knows is on another node.</summary>
    public bool HearsOfNodes { get; set; }
}
