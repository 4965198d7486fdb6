namespace Gateway.Transport;

/// <summary>Who waits at a <see cref="Rendezvous"/>, on the loop's thread.</summary>
public interface IRendezvousHandler
{
    /// <summary>
    /// Somebody has come. Set <see cref="Connection.Handler"/> and <see cref="Rendezvous.Close"/> when it is the awaited peer;
    /// <see cref="Connection.Abort"/> it otherwise, and the wait goes on.
    /// </summary>
    void OnArrived(Rendezvous rendezvous, Connection connection);
}
