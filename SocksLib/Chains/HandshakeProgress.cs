namespace SocksLib;

/// <summary>What a message that a <see cref="ChainHandshake"/> read has led to.</summary>
public enum HandshakeProgress
{
    /// <summary>No whole message is there yet.</summary>
    Waiting,

    /// <summary>The next answer is awaited, of this hop or of the one behind it.</summary>
    Advanced,

    /// <summary>A hop has answered the greeting: it lives, and speaks SOCKS5.</summary>
    Answered,

    /// <summary>The last hop has granted the request: the way stands.</summary>
    Linked,

    /// <summary>The way is broken, or the destination refused: see <see cref="ChainHandshake.Failure"/>.</summary>
    Failed,
}
