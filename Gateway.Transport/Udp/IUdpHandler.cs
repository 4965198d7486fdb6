namespace Gateway.Transport;

/// <summary>Who receives datagrams, on the loop's thread.</summary>
public interface IUdpHandler
{
    /// <summary>Datagrams have come, up to <see cref="UdpBatch.Capacity"/> at a time. The batch is valid until the call returns.</summary>
    void OnReceived(UdpSocket socket, UdpBatch batch);

    /// <summary>The socket is closed, by <see cref="UdpSocket.Close"/> or because the loop stopped.</summary>
    void OnClosed(UdpSocket socket) { }
}
