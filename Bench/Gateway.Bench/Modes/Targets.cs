using Gateway.Transport;

namespace Gateway.Bench;

/// <summary>The destinations of all modes: a TCP and a UDP echo server, on a loop of the bench's own.</summary>
internal sealed class Targets : IAcceptHandler, IConnectionHandler, IUdpHandler, IDisposable
{
    private readonly LoopGroup _loops = new(1, new LoopOptions { Name = "target-" });

    public Targets()
    {
        var listening = ListeningSocket.Open(IpEndpoint.LoopbackV4);
        Tcp = listening.Local;
        var udp = new TaskCompletionSource<IpEndpoint>();
        _loops[0].Post(() =>
        {
            _ = new Listener(_loops[0], listening, this);
            udp.SetResult(UdpSocket.Open(_loops[0], IpEndpoint.LoopbackV4, this).Local);
        });
        Udp = udp.Task.Result;
    }

    public IpEndpoint Tcp { get; }

    public IpEndpoint Udp { get; }

    public void OnAccepted(Listener listener, Connection connection) => connection.Handler = this;

    public void OnReadable(Connection connection)
    {
        connection.Send(connection.Unread);
        connection.Consume(connection.Unread.Length);
    }

    public void OnPeerFinished(Connection connection) => connection.Close();

    public void OnClosed(Connection connection, CloseReason reason)
    {
    }

    public void OnReceived(UdpSocket socket, UdpBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
            batch.Forward(i, UdpBatch.Headroom, socket, batch.Source(i));
    }

    public void Dispose() => _loops.Dispose();
}
