using System.Diagnostics;
using System.Net.Sockets;
using Gateway.Transport;

namespace Gateway.Bench;

/// <summary>A request of 64 octets and its echo through each gateway, a millisecond's pause, and again; every round trip's time is kept.</summary>
internal sealed class PacedRequests : IDisposable
{
    private const int Octets = 64;

    private readonly List<Thread> _threads = [];
    private readonly List<Socket> _sockets = [];
    private readonly Lock _lock = new();
    private List<double> _times = [];
    private volatile bool _isOver;

    public PacedRequests(IEnumerable<RunningServer> gateways, IpEndpoint destination)
    {
        foreach (var gateway in gateways)
        {
            var socket = SocksDialogue.Connect(gateway, destination);
            var thread = new Thread(() => Go(socket)) { IsBackground = true };
            _sockets.Add(socket);
            _threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>The round trips since the last time, µs.</summary>
    public List<double> Forget()
    {
        lock (_lock)
        {
            var times = _times;
            _times = new(times.Count);
            return times;
        }
    }

    public void Dispose()
    {
        _isOver = true;
        _threads.ForEach(thread => thread.Join());
        _sockets.ForEach(socket => socket.Dispose());
    }

    private void Go(Socket socket)
    {
        var octets = new byte[Octets];
        while (!_isOver)
        {
            var began = Stopwatch.GetTimestamp();
            socket.Send(octets);
            for (var left = Octets; left > 0;)
                left -= socket.Receive(octets, left, SocketFlags.None) is var received and > 0 ? received : throw new IOException("the gateway closed");
            var took = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
            lock (_lock)
                _times.Add(took);
            Thread.Sleep(1);
        }
    }
}
