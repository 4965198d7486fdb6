using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Protocol;
using Socks64Actors.EndToEnd.Tests.Lab;
using SocksLib;
using Testing;

namespace Socks64Actors.EndToEnd.Tests.Applications;

/// <summary>The managed library with servers of other makes.</summary>
public sealed class StrangerTests
{
    [ToolFact("microsocks")]
    public async Task Microsocks_connects_who_logs_in()
    {
        using var microsocks = await StrangerServer.MicrosocksAsync();
        var client = new SocksClient(microsocks.Server with { Login = HopLogin.Password("alice", "s3cret") });

        await EchoesAsync(client);

        var wrong = new SocksClient(microsocks.Server with { Login = HopLogin.Password("alice", "wrong") });
        var refused = await Assert.ThrowsAsync<SocksException>(() => wrong.ConnectAsync(IPAddress.Loopback.ToString(), 9).WaitAsync(Eventually.Patience));
        Assert.Equal(ChainPhase.Authentication, refused.Failure!.Phase);
    }

    [ToolFact("microsocks")]
    public async Task Microsocks_refuses_what_it_does_not_do()
    {
        using var microsocks = await StrangerServer.MicrosocksAsync();
        using var closed = new ClosedPort(IPAddress.Loopback);
        var client = new SocksClient(microsocks.Server with { Login = HopLogin.Password("alice", "s3cret") });

        Assert.Equal(ReplyCode.CommandNotSupported, await CodeAsync(client.BindAsync()));
        Assert.Equal(ReplyCode.CommandNotSupported, await CodeAsync(client.AssociateAsync()));
        Assert.Equal(ReplyCode.ConnectionRefused, await CodeAsync(client.ConnectAsync(closed.Endpoint)));
    }

    [LabFact("danted")]
    public async Task Dante_connects_listens_and_relays_datagrams()
    {
        using var dante = await StrangerServer.DanteAsync();
        var client = new SocksClient(dante.Server);

        await EchoesAsync(client, "localhost");
        await ListensAsync(client);
        await RelaysAsync(client);
    }

    [LabFact("ssh", "sshd", "ssh-keygen")]
    public async Task OpenSSH_connects()
    {
        using var ssh = await StrangerServer.OpenSshAsync();

        await EchoesAsync(new SocksClient(ssh.Server), "localhost");
    }

    [LabFact("danted", "microsocks", "ssh", "sshd", "ssh-keygen")]
    public async Task Chain_leads_through_all_of_them()
    {
        using var dante = await StrangerServer.DanteAsync();
        using var microsocks = await StrangerServer.MicrosocksAsync();
        using var ssh = await StrangerServer.OpenSshAsync();
        var client = new SocksClient(new SocksClientOptions
        {
            Hops = [[dante.Server], [microsocks.Server with { Login = HopLogin.Password("alice", "s3cret") }], [ssh.Server]],
        });

        await EchoesAsync(client, "localhost");
    }

    private static async Task EchoesAsync(SocksClient client, params string[] names)
    {
        using var echo = new EchoServer(IPAddress.Loopback);
        foreach (var host in names.Prepend("127.0.0.1"))
        {
            await using var stream = await client.ConnectAsync(host, echo.Endpoint.Port).WaitAsync(Eventually.Patience);
            await stream.WriteAsync("hello"u8.ToArray());
            var back = new byte[5];
            await stream.ReadExactlyAsync(back).AsTask().WaitAsync(Eventually.Patience);
            Assert.Equal("hello"u8, back);
        }
    }

    private static async Task ListensAsync(SocksClient client)
    {
        using var listener = await client.BindAsync(SocksEndpoint.From("127.0.0.1", 0)).WaitAsync(Eventually.Patience);
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        peer.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await peer.ConnectAsync(listener.Endpoint).WaitAsync(Eventually.Patience);

        await using var stream = await listener.AcceptAsync().WaitAsync(Eventually.Patience);

        Assert.Equal(SocksEndpoint.From(peer.Here), stream.Bound);
        await peer.WriteAsync("hello"u8.ToArray());
        peer.Finish();
        using var reader = new StreamReader(stream);
        Assert.Equal("hello", await reader.ReadToEndAsync().WaitAsync(Eventually.Patience));
    }

    private static async Task RelaysAsync(SocksClient client)
    {
        using var there = new UdpPeer(IPAddress.Loopback);
        using var udp = await client.AssociateAsync().WaitAsync(Eventually.Patience);
        var buffer = new byte[100];
        foreach (var to in new[] { SocksEndpoint.From(there.Endpoint), SocksEndpoint.From("localhost", there.Endpoint.Port) })
        {
            await udp.SendAsync("question"u8.ToArray(), to);
            var (octets, from) = await there.ReceiveAsync();
            Assert.Equal("question", Encoding.ASCII.GetString(octets));
            await there.SendAsync("answer"u8.ToArray(), from);
            var datagram = await udp.ReceiveAsync(buffer).AsTask().WaitAsync(Eventually.Patience);
            Assert.Equal(("answer", SocksEndpoint.From(there.Endpoint)), (Encoding.ASCII.GetString(buffer, 0, datagram.Length), datagram.Source));
        }
    }

    private static async Task<ReplyCode> CodeAsync(Task request) =>
        (await Assert.ThrowsAsync<SocksException>(() => request.WaitAsync(Eventually.Patience))).Code;
}
