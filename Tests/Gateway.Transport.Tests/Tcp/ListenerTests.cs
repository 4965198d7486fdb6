using System.Net;
using System.Net.Sockets;
using Gateway.Protocol;
using Gateway.Transport.Linux;

namespace Gateway.Transport.Tests;

public sealed class ListenerTests : IDisposable
{
    private readonly TestLoop _loop = new();

    public void Dispose() => _loop.Dispose();

    [Fact]
    public async Task A_burst_of_clients_is_accepted_whole()
    {
        var accepted = new Mailbox<IpEndpoint>();
        var listener = await Listen(ListeningSocket.Open(IpEndpoint.LoopbackV4), connection => accepted.Put(connection.Peer));
        var clients = Enumerable.Range(0, 300).Select(_ => TcpPair.ConnectTo(listener.Local)).ToList();
        var peers = new HashSet<IpEndpoint>();
        for (var i = 0; i < clients.Count; i++)
            peers.Add(await accepted.Next());
        Assert.Equal(clients.Select(client => IpEndpoint.From((IPEndPoint)client.LocalEndPoint!).Unmapped).ToHashSet(), peers);
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Loops_share_a_port_and_together_accept_every_client()
    {
        using var second = new TestLoop();
        var accepted = new Mailbox<Loop>();
        var sockets = ListeningSocket.OpenShared(IpEndpoint.LoopbackV4, 2);
        Assert.Equal(sockets[0].Local, sockets[1].Local);
        await Listen(sockets[0], connection => accepted.Put(connection.Loop));
        await second.On(() => new Listener(second.Loop, sockets[1], new Acceptor(connection => accepted.Put(connection.Loop))));
        var clients = Enumerable.Range(0, 100).Select(_ => TcpPair.ConnectTo(sockets[0].Local)).ToList();
        var loops = new HashSet<Loop>();
        for (var i = 0; i < clients.Count; i++)
            loops.Add(await accepted.Next());
        Assert.Equal(2, loops.Count);
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public void A_shared_port_is_not_shared_with_a_stranger()
    {
        using var stranger = ListeningSocket.OpenShared(IpEndpoint.LoopbackV4, 1)[0];
        var refusal = Assert.Throws<TransportException>(() => ListeningSocket.OpenShared(stranger.Local, 2));
        Assert.True(refusal.IsAddressInUse);
        Assert.Contains(stranger.Local.ToString(), refusal.Message);
    }

    [Fact]
    public async Task An_ipv6_listener_leaves_ipv4_alone()
    {
        var listener = await Listen(ListeningSocket.Open(IpEndpoint.Unspecified(IpFamily.V6)), _ => { });
        using var both = ListeningSocket.Open(IpEndpoint.Unspecified(IpFamily.V4, listener.Local.Port));
        Assert.Equal(listener.Local.Port, both.Local.Port);
    }

    [Fact]
    public async Task Accepted_sockets_send_at_once_and_probe_silent_peers()
    {
        var accepted = new Mailbox<Connection>();
        var listener = await Listen(ListeningSocket.Open(IpEndpoint.LoopbackV4), accepted.Put);
        using var client = TcpPair.ConnectTo(listener.Local);
        var options = SocketOptions.Of(await accepted.Next());
        Assert.Equal((true, true, 60, 15, 5), options);
    }

    [Fact]
    public async Task A_throwing_handler_costs_one_client_only()
    {
        var first = true;
        var accepted = new Mailbox<Connection>();
        var listener = await Listen(ListeningSocket.Open(IpEndpoint.LoopbackV4), connection =>
        {
            if (!first)
                accepted.Put(connection);
            var wasFirst = first;
            first = false;
            if (wasFirst)
                throw new InvalidOperationException("accept");
        });
        using var unlucky = TcpPair.ConnectTo(listener.Local);
        Assert.Throws<SocketException>(() => unlucky.Read(1));
        using var lucky = TcpPair.ConnectTo(listener.Local);
        await accepted.Next();
        Assert.Single(_loop.Faults);
    }

    [Fact]
    public async Task A_closed_listener_refuses()
    {
        var listener = await Listen(ListeningSocket.Open(IpEndpoint.LoopbackV4), _ => { });
        await _loop.On(() => { listener.Close(); listener.Close(); });
        Assert.Equal(SocketError.ConnectionRefused, Assert.Throws<SocketException>(() => TcpPair.ConnectTo(listener.Local)).SocketErrorCode);
    }

    [Fact]
    public async Task A_listener_that_leaves_takes_those_who_wait_along()
    {
        var accepted = new Mailbox<Connection>();
        var socket = ListeningSocket.Open(IpEndpoint.LoopbackV4);
        var local = socket.Local;
        var clients = Enumerable.Range(0, 50).Select(_ => TcpPair.ConnectTo(local)).ToList();
        await _loop.On(() => new Listener(_loop.Loop, socket, new Acceptor(accepted.Put)).AcceptWaitingAndClose());
        foreach (var _ in clients)
            await accepted.Next();
        Assert.Equal(SocketError.ConnectionRefused, Assert.Throws<SocketException>(() => TcpPair.ConnectTo(local)).SocketErrorCode);
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task A_listener_goes_on_with_an_inherited_descriptor()
    {
        using var parent = TcpPair.Listen(IPAddress.Loopback);
        var descriptor = (int)parent.SafeHandle.DangerousGetHandle();
        var accepted = new Mailbox<Connection>();
        var listener = await Listen(ListeningSocket.FromDescriptor(SocketCalls.Duplicate(descriptor)), accepted.Put);
        Assert.Equal(IpEndpoint.From((IPEndPoint)parent.LocalEndPoint!), listener.Local);
        using var client = TcpPair.ConnectTo(listener.Local);
        await accepted.Next();
    }

    private Task<Listener> Listen(ListeningSocket socket, Action<Connection> accept) =>
        _loop.On(() => new Listener(_loop.Loop, socket, new Acceptor(accept)));
}
