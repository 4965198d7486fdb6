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

    /// <summary>The last hop's work for the destination (RFC 1928 §4).</summary>
    Request,
}
