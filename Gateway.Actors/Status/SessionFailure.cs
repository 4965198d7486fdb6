namespace Gateway.Actors.Status;

/// <summary>Why a session came to less than its client wanted; few, so that they can be counted one by one.</summary>
public enum SessionFailure : byte
{
    /// <summary>No request came: silence, another protocol, a broken message, no method in common.</summary>
    Handshake,
    /// <summary>Wrong password, or one guess too many.</summary>
    Authentication,
    /// <summary>The routes, or the guard, say no (REP 02).</summary>
    Rules,
    /// <summary>The destination refuses or cannot be reached (REP 03 to 06).</summary>
    Destination,
    /// <summary>The chain could not be set up: no way stood, or its last hop said no.</summary>
    Chain,
    /// <summary>What was asked for does not exist here (REP 07 to 09).</summary>
    Request,
    /// <summary>The gateway itself has no room or no socket (REP 01), or another code that a hop made up.</summary>
    Gateway,
    /// <summary>The client left before it had its answer.</summary>
    Abandoned,
    /// <summary>One side vanished while the gateway relayed: no answer to data or keepalive, or the system failed. A reset is an end, as a close is.</summary>
    Relay,
    /// <summary>Cut: the operator's wish, or the gateway's end.</summary>
    Cut,
}
