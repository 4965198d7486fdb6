using System.Net.Sockets;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Bench;

/// <summary>64 octets there and back by UDP: eight associations with sixteen datagrams under way each.</summary>
internal sealed class UdpMode : Mode
{
    private const int Associations = 8, Window = 16;

    public override string Name => "udp";
    public override string Title => $"UDP, 64-octet echo, {Associations} associations, {Window} under way each";
    public override string CostUnit => "us CPU/rt";
    public override string RateUnit => "rt/s";

    public override bool Suits(ServerSpec server) => server.Udp;

    public override Measurement Measure(RunningServer server, Targets targets, double seconds)
    {
        using var loop = new Loop(new LoopOptions { Name = "udp-client-" });
        loop.Start();
        var controls = new List<Socket>();
        var clients = new List<Client>();
        for (var i = 0; i < Associations; i++)
        {
            controls.Add(SocksDialogue.Associate(server, out var relay));
            var client = new Client(relay, [.. new UdpHeader(0, targets.Udp.ToSocks()).ToBytes(), .. new byte[64]]);
            clients.Add(client);
            loop.Post(() => client.Begin(loop));
        }
        Thread.Sleep(300);
        var result = During(server, seconds, () => clients.Sum(client => Volatile.Read(ref client.Echoes)), 1e6, 1);
        controls.ForEach(control => control.Dispose());
        return result;
    }

    private sealed class Client(IpEndpoint relay, byte[] datagram) : IUdpHandler
    {
        public long Echoes;
        private long _seen;
        private UdpSocket? _socket;

        public void Begin(Loop loop)
        {
            _socket = UdpSocket.Open(loop, IpEndpoint.LoopbackV4, this);
            Fill();
            Watch();
        }

        public void OnReceived(UdpSocket socket, UdpBatch batch)
        {
            Echoes += batch.Count;
            for (var i = 0; i < batch.Count; i++)
                socket.Send(datagram, relay);
        }

        private void Fill()
        {
            for (var i = 0; i < Window; i++)
                _socket!.Send(datagram, relay);
        }

        /// <summary>Begins anew when everything under way was lost.</summary>
        private void Watch()
        {
            if (_seen == Echoes)
                Fill();
            _seen = Echoes;
            _socket!.Loop.Schedule(TimeSpan.FromMilliseconds(50), Watch);
        }
    }
}
