using System.Net.Sockets;
using Gateway.Protocol;

namespace Gateway.Transport.Tests;

public sealed class RendezvousTests : IRendezvousHandler, IDisposable
{
    private readonly TestLoop _loop = new();
    private readonly Mailbox<Connection> _arrived = new();

    public void Dispose() => _loop.Dispose();

    void IRendezvousHandler.OnArrived(Rendezvous rendezvous, Connection connection) => _arrived.Put(connection);

    [Fact]
    public async Task Both_families_are_awaited_on_one_port()
    {
        var rendezvous = await Open(IpEndpoint.LoopbackV4, IpEndpoint.LoopbackV6);
        Assert.NotEqual(0, rendezvous.LocalV4.Port);
        Assert.Equal(rendezvous.LocalV4.Port, rendezvous.LocalV6.Port);
        using var v4 = TcpPair.ConnectTo(rendezvous.LocalV4);
        Assert.Equal(IpFamily.V4, (await _arrived.Next()).Peer.Family);
        using var v6 = TcpPair.ConnectTo(rendezvous.LocalV6);
        Assert.Equal(IpFamily.V6, (await _arrived.Next()).Peer.Family);
    }

    [Fact]
    public async Task One_family_is_enough()
    {
        var rendezvous = await Open(default, IpEndpoint.LoopbackV6);
        Assert.Equal(IpFamily.None, rendezvous.LocalV4.Family);
        using var v6 = TcpPair.ConnectTo(rendezvous.LocalV6);
        await _arrived.Next();
    }

    [Fact]
    public async Task A_closed_rendezvous_refuses_and_keeps_who_has_come()
    {
        var rendezvous = await Open(IpEndpoint.LoopbackV4, default);
        var where = rendezvous.LocalV4;
        using var first = TcpPair.ConnectTo(where);
        var connection = await _arrived.Next();
        await _loop.On(rendezvous.Close);
        Assert.Throws<SocketException>(() => TcpPair.ConnectTo(where));
        await _loop.On(() => connection.Send("kept"u8));
        Assert.Equal("kept"u8.ToArray(), first.Read(4));
    }

    [Fact]
    public async Task A_wished_port_that_is_taken_is_refused()
    {
        using var holder = ListeningSocket.Open(IpEndpoint.LoopbackV4);
        var refusal = await Assert.ThrowsAsync<TransportException>(() => Open(holder.Local, default));
        Assert.True(refusal.IsAddressInUse);
    }

    private Task<Rendezvous> Open(IpEndpoint v4, IpEndpoint v6) => _loop.On(() => Rendezvous.Open(_loop.Loop, this, v4, v6));
}
