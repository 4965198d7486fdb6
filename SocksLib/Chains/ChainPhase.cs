namespace SocksLib;

/// <summary>How far a chain had come at a hop.</summary>
public enum ChainPhase
{
    /// <summary>The leg to the hop: a TCP connection, or the previous hop's CONNECT.</summary>
    Connect,

    /// <summary>RFC 1928 §3.</summary>
    Greeting,

    /// <summary>RFC 1929.</summary>
    Authentication,

    /// <summary>RFC 1928 §4: the last hop's work for the destination; or an earlier hop, which broke off while it connected to the next.</summary>
    Request,
}
