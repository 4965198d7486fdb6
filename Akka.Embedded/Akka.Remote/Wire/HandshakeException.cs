namespace Akka.Remote.Wire;

/// <summary>Two systems did not come to trust each other.</summary>
internal sealed class HandshakeException(string message, RefusalReason? byPeer = null) : Exception(message)
{
    /// <summary>What the peer said, if it was the peer that refused.</summary>
    public RefusalReason? ByPeer => byPeer;
}
