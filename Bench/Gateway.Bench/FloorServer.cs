using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Bench;

/// <summary>
/// The least that a SOCKS5 server on Gateway.Transport can cost: CONNECT and UDP ASSOCIATE to literal addresses, no authentication, no
/// actors, no policy. What the gateway costs more than this is the price of what it decides.
/// </summary>
internal sealed class FloorServer : IAcceptHandler
{
    private readonly Dialer _dialer;

    private FloorServer(Dialer dialer) => _dialer = dialer;

    public static int Run(ushort port, int loops)
    {
        using var group = new LoopGroup(loops);
        var resolver = new Resolver();
        var sockets = ListeningSocket.OpenShared(IpEndpoint.LoopbackV4.WithPort(port), group.Count);
        foreach (var loop in group)
            loop.Post(() => _ = new Listener(loop, sockets[loop.Index], new FloorServer(new Dialer(loop, resolver))));
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    public void OnAccepted(Listener listener, Connection connection) => connection.Handler = new Session(_dialer);

    private sealed class Session(Dialer dialer) : IConnectionHandler, IDialHandler, IRelayObserver
    {
        private Connection? _client;
        private bool _greeted;
        private UdpRelay? _udp;

        public void OnReadable(Connection connection)
        {
            _client = connection;
            if (!_greeted)
            {
                if (!MethodOffer.TryRead(connection.Unread, out _, out var greeting))
                    return;
                connection.Consume(greeting);
                connection.Send([5, 0]);
                _greeted = true;
            }
            if (_udp is not null || !SocksRequest.TryRead(connection.Unread, out var request, out var consumed))
                return;
            connection.Consume(consumed);
            if (request.Command == SocksCommand.UdpAssociate)
            {
                _udp = new UdpRelay(connection.Loop);
                Reply(ReplyCode.Succeeded, _udp.ClientSide);
            }
            else if (request.Destination.TryGetLiteral(out var literal))
            {
                connection.PauseReading();
                dialer.Start(new DialTarget(IpEndpoint.From(literal)), this);
            }
            else
                connection.Abort();
        }

        public void OnPeerFinished(Connection connection) => connection.Close();

        public void OnClosed(Connection connection, CloseReason reason) => _udp?.Close();

        public void OnConnected(Dial dial, Connection connection, int attempts)
        {
            Reply(ReplyCode.Succeeded, connection.Local);
            Relay.Start(_client!, connection, this);
        }

        public void OnDialFailed(Dial dial, in DialFailure failure)
        {
            Reply(failure.Reply, IpEndpoint.Unspecified(IpFamily.V4));
            _client!.CloseAfterReply();
        }

        public void OnRelayEnded(Relay relay, in RelayOutcome outcome)
        {
        }

        private void Reply(ReplyCode code, IpEndpoint bound)
        {
            Span<byte> octets = stackalloc byte[SocksReply.MaxLength];
            _client!.Send(octets[..new SocksReply(code, RequestFlags.None, bound.ToSocks()).Write(octets)]);
        }
    }

    /// <summary>One association: a socket towards the client, one towards the destinations.</summary>
    private sealed class UdpRelay : IUdpHandler
    {
        private readonly UdpSocket _inside, _outside;
        private IpEndpoint _client;

        public UdpRelay(Loop loop)
        {
            _inside = UdpSocket.Open(loop, IpEndpoint.LoopbackV4, this);
            _outside = UdpSocket.Open(loop, IpEndpoint.LoopbackV4, this);
        }

        public IpEndpoint ClientSide => _inside.Local;

        public void Close()
        {
            _inside.Close();
            _outside.Close();
        }

        public void OnReceived(UdpSocket socket, UdpBatch batch)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                var source = batch.Source(i);
                if (socket == _outside)
                    batch.Forward(i, UdpHeader.WriteBefore(batch.WithHeadroom(i), UdpBatch.Headroom, source.ToLiteral()), _inside, _client);
                else
                {
                    _client = source;
                    if (UdpHeader.Read(batch.Payload(i), out var header, out var length) == ReadStatus.Complete
                        && header.Destination.TryGetLiteral(out var destination))
                        batch.Forward(i, UdpBatch.Headroom + length, _outside, IpEndpoint.From(destination));
                }
            }
        }
    }
}
