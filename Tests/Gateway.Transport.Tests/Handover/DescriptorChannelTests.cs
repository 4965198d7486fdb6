using System.Net;
using Gateway.Transport.Linux;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Transport.Tests;

public class DescriptorChannelTests
{
    [Fact]
    public async Task Octets_and_descriptors_arrive_as_they_were_sent()
    {
        using var door = DescriptorDoor.Open(NewName());
        using var sender = DescriptorChannel.Connect(door.Name);
        using var receiver = await door.AcceptAsync(default);
        using var listening = TcpPair.Listen(IPAddress.Loopback);
        using var lent = SocketCalls.Duplicate((int)listening.Handle);

        sender.Send("first"u8, lent, lent);
        sender.Send(new byte[DescriptorChannel.MostOctets]);

        using var first = await receiver.ReceiveAsync();
        Assert.Equal("first"u8.ToArray(), first!.Octets);
        Assert.Equal(2, first.Descriptors.Count);
        Assert.All(first.Descriptors, handle => Assert.Equal(IpEndpoint.From((IPEndPoint)listening.LocalEndPoint!), SocketCalls.LocalEndpoint((int)handle.DangerousGetHandle())));
        using var second = await receiver.ReceiveAsync();
        Assert.Equal((DescriptorChannel.MostOctets, 0), (second!.Octets.Length, second.Descriptors.Count));
    }

    [Fact]
    public async Task The_other_side_is_known_by_process_and_user()
    {
        using var door = DescriptorDoor.Open(NewName());
        using var asking = DescriptorChannel.Connect(door.Name);
        using var asked = await door.AcceptAsync(default);
        Assert.All([asking, asked], side => Assert.Equal((Environment.ProcessId, DescriptorChannel.User), (side.PeerProcess, side.PeerUser)));
    }

    [Fact]
    public async Task The_end_of_the_other_side_is_the_end()
    {
        using var door = DescriptorDoor.Open(NewName());
        var sender = DescriptorChannel.Connect(door.Name);
        using var receiver = await door.AcceptAsync(default);
        sender.Send("last"u8);
        sender.Dispose();
        using var last = await receiver.ReceiveAsync();
        Assert.Equal("last"u8.ToArray(), last!.Octets);
        Assert.Null(await receiver.ReceiveAsync());
        Assert.Throws<TransportException>(() => receiver.Send("too late"u8));
    }

    [Fact]
    public async Task A_door_that_was_handed_on_is_answered_by_who_has_it()
    {
        var door = DescriptorDoor.Open(NewName());
        using var heir = DescriptorDoor.Adopt(door.Name, SocketCalls.Duplicate((int)door.Handle.DangerousGetHandle()));
        door.IsHandedOn = true;
        door.Dispose();
        using var asking = DescriptorChannel.Connect(heir.Name);
        using var asked = await heir.AcceptAsync(default);
        asking.Send("there"u8);
        using var packet = await asked.ReceiveAsync();
        Assert.Equal("there"u8.ToArray(), packet!.Octets);
    }

    [Fact]
    public void A_file_that_was_left_behind_is_replaced_and_one_in_use_is_not()
    {
        var path = Path.Join(Path.GetTempPath(), $"s64-{Guid.NewGuid():N}");
        using (var left = DescriptorDoor.Open(path))
            left.IsHandedOn = true;
        Assert.True(File.Exists(path));
        using (DescriptorDoor.Open(path))
            Assert.True(Assert.Throws<TransportException>(() => DescriptorDoor.Open(path)).IsAddressInUse);
        Assert.False(File.Exists(path));
    }

    /// <summary>Each socket has a backlog, which lives as long as anybody has the socket; without that, closing it resets who waits there.</summary>
    [Fact]
    public async Task Clients_in_the_backlogs_of_a_group_outlive_the_process_that_opened_it()
    {
        var sockets = ListeningSocket.OpenShared(IpEndpoint.LoopbackV4, 2);
        var clients = Enumerable.Range(0, 60).Select(_ => TcpPair.ConnectTo(sockets[0].Local)).ToList();
        List<SafeFileHandle> lent = [.. sockets.Select(socket => SocketCalls.Duplicate(socket.Descriptor))];
        foreach (var socket in sockets)
            socket.Dispose();

        using var loop = new TestLoop();
        var accepted = new Mailbox<IpEndpoint>();
        foreach (var handle in lent)
            await loop.On(() => new Listener(loop.Loop, ListeningSocket.FromDescriptor(handle), new Acceptor(connection => accepted.Put(connection.Peer))));
        HashSet<IpEndpoint> peers = [];
        foreach (var _ in clients)
            peers.Add(await accepted.Next());
        Assert.Equal(clients.Count, peers.Count);
        clients.ForEach(client => client.Dispose());
    }

    private static string NewName() => $"@s64-{Guid.NewGuid():N}";
}
