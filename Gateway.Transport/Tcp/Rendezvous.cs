using Gateway.Protocol;


namespace Gateway.Transport;

/// <summary>
/// Where the peer of a BIND connects to: one port, on IPv4 and IPv6 where both are asked for and the port is free on both.
/// It has no time limit of its own. Loop's thread only.
/// </summary>
public sealed class Rendezvous : IAcceptHandler
{
    private const int PortAttempts = 16;

    private readonly IRendezvousHandler _handler;
    private readonly List<Listener> _listeners = [];

    private Rendezvous(Loop loop, IRendezvousHandler handler, IEnumerable<ListeningSocket> sockets)
    {
        _handler = handler;
        foreach (var socket in sockets)
            _listeners.Add(new Listener(loop, socket, this, farSide: true));
    }

    /// <summary>Where it listens on IPv4; the default value when it does not.</summary>
    public IpEndpoint LocalV4 => Local(IpFamily.V4);

    /// <summary>Where it listens on IPv6; the default value when it does not.</summary>
    public IpEndpoint LocalV6 => Local(IpFamily.V6);

    /// <summary>
    /// Listens on the given addresses (a default value leaves its family out). With two port-0 addresses it looks for a port that is
    /// free on both, and when sixteen tries find none it takes two different ones.
    /// </summary>
    /// <exception cref="TransportException">An address is not ours, or the wished port is taken.</exception>
    /// <exception cref="ArgumentException">Neither family is given.</exception>
    public static Rendezvous Open(Loop loop, IRendezvousHandler handler, in IpEndpoint v4, in IpEndpoint v6)
    {
        loop.AssertCurrent();
        if (v4.Family == IpFamily.None && v6.Family == IpFamily.None)
            throw new ArgumentException("A rendezvous needs an address.");
        if (v4.Family == IpFamily.None || v6.Family == IpFamily.None)
            return new Rendezvous(loop, handler, [ListeningSocket.Open(v4.Family == IpFamily.None ? v6 : v4)]);
        return new Rendezvous(loop, handler, OpenBoth(v4, v6));
    }

    /// <summary>Waits no more. Connections that were handed over stay.</summary>
    public void Close()
    {
        foreach (var listener in _listeners)
            listener.Close();
        _listeners.Clear();
    }

    void IAcceptHandler.OnAccepted(Listener listener, Connection connection) => _handler.OnArrived(this, connection);

    private static ListeningSocket[] OpenBoth(in IpEndpoint v4, in IpEndpoint v6)
    {
        for (var attempt = 1; ; attempt++)
        {
            var first = ListeningSocket.Open(v4);
            try
            {
                var port = v6.Port != 0 || attempt == PortAttempts ? v6.Port : first.Local.Port;
                return [first, ListeningSocket.Open(v6.WithPort(port))];
            }
            catch (TransportException refused)
            {
                first.Dispose();
                if (!refused.IsAddressInUse || v6.Port != 0 || attempt == PortAttempts)
                    throw;
            }
        }
    }

    private IpEndpoint Local(IpFamily family) => _listeners.Find(listener => listener.Local.Family == family)?.Local ?? default;
}
