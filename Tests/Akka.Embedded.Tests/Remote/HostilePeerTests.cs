using System.Text;
using Akka.Actor;
using Akka.Remote.Associations;
using Akka.Remote.Wire;

namespace Akka.Embedded.Tests.Remote;

/// <summary>
/// Whatever comes in at the port: nothing crashes, nothing grows without bound, nothing is trusted. Alone, because the memory of the
/// process is measured.
/// </summary>
[Collection(nameof(Processes.ProcessCollection))]
public class HostilePeerTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly RemoteSystem _target = RemoteSystem.Start(remote: "handshake-timeout = 500ms");
    private readonly RemoteSystem _friend = RemoteSystem.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        Assert.Equal("still there", await _friend.To(_target).Ask<string>("still there", Patience));
        await _friend.DisposeAsync();
        await _target.DisposeAsync();
    }

    [Fact]
    public async Task Garbage_is_thrown_out()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            using var peer = await RawPeer.Connect(_target.Address);
            var octets = new byte[2000];
            new Random(seed).NextBytes(octets);
            await peer.Send(octets);
            await peer.Closed();
        }

        await _target.Logged("Refused a connection");
    }

    [Fact]
    public async Task An_http_request_is_thrown_out()
    {
        using var peer = await RawPeer.Connect(_target.Address);
        await peer.Send(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        await peer.Closed();
    }

    [Fact]
    public async Task A_frame_of_two_gigabytes_is_not_waited_for()
    {
        using var peer = await RawPeer.Connect(_target.Address);
        await peer.Send(0xFF, 0xFF, 0xFF, 0x7F, 16);
        await peer.Closed();
    }

    [Fact]
    public async Task A_frame_of_two_gigabytes_from_an_associated_peer_ends_the_connection()
    {
        using var peer = await RawPeer.Associate(_target.Address);
        await peer.Send(0xFF, 0xFF, 0xFF, 0x7F, 1);
        await peer.Closed();
        await _target.Logged("Ending the connection");
    }

    [Fact]
    public async Task Half_a_frame_and_silence_ends_with_the_handshake_timeout()
    {
        using var peer = await RawPeer.Connect(_target.Address);
        await peer.Send(100, 0, 0, 0, 16, 65, 75);
        await peer.Closed();
        await _target.Logged("no handshake in time");
    }

    [Fact]
    public async Task Silence_ends_with_the_handshake_timeout()
    {
        using var peer = await RawPeer.Connect(_target.Address);
        await peer.Closed();
        await Eventually.Holds(() => _target.Remoting.Strangers == 0, () => $"{_target.Remoting.Strangers} strangers");
    }

    [Fact]
    public async Task Whoever_looks_for_another_system_is_refused()
    {
        var thrown = await Assert.ThrowsAsync<HandshakeException>(async () =>
        {
            using var peer = await RawPeer.Connect(_target.Address);
            await Handshake.DialAsync(
                peer.Connection, new Address("akka.tcp", "other", "127.0.0.1", 9), 1, _target.Address.WithSystem("other"), null, _ => false, default);
        });
        Assert.Equal(RefusalReason.WrongAddress, thrown.ByPeer);
        await _target.Logged("looks for akka.tcp://other@");
    }

    [Fact]
    public async Task An_unknown_serializer_or_manifest_is_dropped_and_the_connection_stays()
    {
        using var peer = await RawPeer.Associate(_target.Address);
        var echo = $"{_target.Address}/user/echo";
        await peer.SendMessage(echo, 4711, "X", [1]);
        await _target.Logged("serializer 4711");
        await peer.SendMessage(echo, 17, "System.Diagnostics.Process, System.Diagnostics.Process", [1]);
        await _target.Logged("manifest [System.Diagnostics.Process");
        await peer.SendMessage(echo, 16, "ID", [255, 255, 255]);
        await StillHears(peer);
    }

    [Fact]
    public async Task A_message_for_somebody_elsewhere_is_not_passed_on()
    {
        using var peer = await RawPeer.Associate(_target.Address);
        await peer.SendMessage($"{_friend.Address}/user/echo", 17, "S", [65]);
        await _target.Logged("non-local recipient");
        await StillHears(peer);
    }

    [Fact]
    public async Task An_associated_peer_that_sends_nonsense_loses_its_connection_only()
    {
        foreach (var kind in new[] { FrameKind.Hello, FrameKind.Ack, (FrameKind)99 })
        {
            using var peer = await RawPeer.Associate(_target.Address);
            await peer.SendFrame(kind, writer => writer.Text("nonsense"));
            await peer.Closed();
        }
    }

    [Fact]
    public async Task Ten_thousand_connections_are_survived_and_a_friend_still_gets_in()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peers = new List<RawPeer>();
        var most = 0;
        try
        {
            for (var i = 0; i < 10_000; i++)
            {
                // The oldest go first on this side as well: a process may not have ten thousand descriptors twice.
                if (peers.Count == 300)
                {
                    peers[0].Dispose();
                    peers.RemoveAt(0);
                }

                peers.Add(await RawPeer.Connect(_target.Address));
                most = Math.Max(most, _target.Remoting.Strangers);
            }

            Assert.InRange(most, 1, Listener.MaximumStrangers);
            Assert.Equal("in", await _friend.To(_target).Ask<string>("in", Patience));
        }
        finally
        {
            peers.ForEach(peer => peer.Dispose());
        }

        await Eventually.Holds(() => _target.Remoting.Strangers == 0, () => $"{_target.Remoting.Strangers} strangers");
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 50_000_000);
        Assert.InRange(_target.Log.Count, 0, 1000);
    }

    [Fact]
    public async Task Peers_with_ever_new_addresses_find_an_end()
    {
        var links = new InboundLinks(capacity: 3);
        await using var system = RemoteSystem.Start();
        for (var i = 1; i <= 3; i++)
        {
            using var peer = await RawPeer.Connect(system.Address);
            links.Add(Peer(i), i, inbox => new InboundLink(system.Remoting, peer.Connection, Peer(i), inbox));
        }

        Assert.False(links.HasRoomFor(Peer(4)));
        Assert.True(links.HasRoomFor(Peer(2)));

        static Address Peer(int port) => new("akka.tcp", "lab", "h", port);
    }

    [Fact]
    public async Task Deaths_that_nobody_waits_for_change_nothing()
    {
        using var peer = await RawPeer.Associate(_target.Address);
        await peer.SendFrame(FrameKind.SystemMessage, writer =>
        {
            writer.UInt64(1);
            writer.Text($"{_target.Address}/user/echo");
            writer.Byte(3);
            writer.Text("akka.tcp://raw@127.0.0.1:9/user/x#1");
            writer.Boolean(true);
            writer.Boolean(false);
        });
        await StillHears(peer);
    }

    /// <summary>The connection is good: a message over it arrives.</summary>
    private async Task StillHears(RawPeer peer)
    {
        var heard = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        var listener = _target.System.ActorOf(Props.Create(() => new Listening(heard)));
        await peer.SendMessage($"{_target.Address}{listener.Path.ToStringWithoutAddress()}", 17, "S", "hello"u8.ToArray());
        Assert.Equal("hello", await heard.Task.WaitAsync(Patience));
    }

    private sealed class Listening(TaskCompletionSource<object> heard) : UntypedActor
    {
        protected override void OnReceive(object message) => heard.TrySetResult(message);
    }
}
