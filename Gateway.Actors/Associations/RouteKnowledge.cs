namespace Gateway.Actors.Associations;

/// <summary>What is known of the way to a datagram's destination. Only the control channel tells why there is none; a datagram is dropped.</summary>
internal enum RouteKnowledge
{
    /// <summary>It is known.</summary>
    Known,
    /// <summary>The name has to be resolved first.</summary>
    Unresolved,
    /// <summary>The client has no such ID (<c>B15</c>).</summary>
    NoSuchId,
    /// <summary>The rules refuse the destination, or every address of its name.</summary>
    NotAllowed,
    /// <summary>The name has no address that the gateway reaches.</summary>
    Unreachable,
    /// <summary>Too many names are being resolved for this association, or too much waits for this one.</summary>
    TooManyWait,
}
