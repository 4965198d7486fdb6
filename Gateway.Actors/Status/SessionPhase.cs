namespace Gateway.Actors.Status;

/// <summary>How far a session is, for those who look at it from outside.</summary>
public enum SessionPhase
{
    /// <summary>Its request is not there yet.</summary>
    Handshake,
    /// <summary>The request is being served and has no answer yet.</summary>
    Connecting,
    /// <summary>BIND: it listens, and the peer has not come.</summary>
    AwaitingPeer,
    /// <summary>Octets pass between client and destination.</summary>
    Relaying,
    /// <summary>Datagrams do.</summary>
    Associated,
    /// <summary>ADDRESS ASSOCIATE: answered, and the client may ask again.</summary>
    Answered,
    /// <summary>It was refused, and the client has yet to take the reply.</summary>
    Closing,
}
