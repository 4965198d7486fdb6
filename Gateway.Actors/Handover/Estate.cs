using Gateway.Actors.AddressIds;
using Gateway.Actors.Listeners;
using Gateway.Actors.Members;
using Gateway.Protocol;
using Gateway.Transport;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Actors.Handover;

/// <summary>What a gateway leaves to the process that goes on with it. What nobody has taken is closed with it.</summary>
public sealed class Estate : IDisposable
{
    /// <summary>Without sockets when accepting goes on elsewhere.</summary>
    internal List<HandedListener> Listeners { get; } = [];

    /// <summary>The members of the cluster that can be reached.</summary>
    internal List<MemberAnnouncement> Members { get; } = [];

    internal List<AddressIdCopy> AddressIds { get; } = [];

    /// <summary>The operator's door, at an address of the settings; null when there was none.</summary>
    public (LiteralEndpoint Address, SafeFileHandle Socket)? Admin { get; set; }

    /// <summary>Where the next successor asks; null when nowhere.</summary>
    public DescriptorDoor? Door { get; set; }

    /// <summary>The operator's door, when it was at that address.</summary>
    public SafeFileHandle? TakeAdmin(LiteralEndpoint address)
    {
        if (Admin is not { } admin || admin.Address != address)
            return null;
        Admin = null;
        return admin.Socket;
    }

    /// <summary>Where the next successor asks, when it is under that name.</summary>
    public DescriptorDoor? TakeDoor(string name)
    {
        if (Door is not { } door || door.Name != name)
            return null;
        Door = null;
        return door;
    }

    public void Dispose()
    {
        Listeners.ForEach(listener => listener.Dispose());
        Admin?.Socket.Dispose();
        if (Door is { } door)
        {
            door.IsHandedOn = true;
            door.Dispose();
        }
    }

    /// <summary>As packets, the last of them <see cref="HandoverKind.Offered"/>.</summary>
    internal IEnumerable<(OctetWriter Octets, IReadOnlyList<SafeFileHandle> Descriptors)> Write()
    {
        foreach (var listener in Listeners)
        {
            foreach (var part in listener.Sockets.Chunk(DescriptorChannel.MostDescriptors))
            {
                var writer = HandoverMessage.Begin(HandoverKind.Listener);
                writer.Int32(listener.Number);
                writer.Endpoint(listener.Address);
                yield return (writer, part);
            }
        }
        if (Admin is { } admin)
        {
            var writer = HandoverMessage.Begin(HandoverKind.Admin);
            writer.Endpoint(admin.Address);
            yield return (writer, [admin.Socket]);
        }
        if (Door is { } door)
        {
            var writer = HandoverMessage.Begin(HandoverKind.Door);
            writer.Text(door.Name);
            yield return (writer, [door.Handle]);
        }
        foreach (var member in Members)
        {
            var writer = HandoverMessage.Begin(HandoverKind.Member);
            Greeting.Codec.Write(new Greeting(member, ClusterView.None, CountsYou: false), writer);
            yield return (writer, []);
        }
        foreach (var part in AddressIds.Chunk(AddressIdsTold.MostCopies))
            yield return (Write(part), []);
        yield return (HandoverMessage.Begin(HandoverKind.Offered), []);
    }

    internal static OctetWriter Write(IReadOnlyList<AddressIdCopy> copies)
    {
        var writer = HandoverMessage.Begin(HandoverKind.AddressIds);
        AddressIdsTold.Codec.Write(new AddressIdsTold(0, copies), writer);
        return writer;
    }

    /// <summary>Takes in one packet of <see cref="Write()"/>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal void Read(HandoverMessage message)
    {
        var body = message.Body;
        switch (message.Kind)
        {
            case HandoverKind.Listener:
                Add(new(body.Count(), body.Endpoint(), message.TakeDescriptors()));
                break;
            case HandoverKind.Admin:
                Admin = (body.Endpoint(), message.TakeDescriptors().Single());
                break;
            case HandoverKind.Door:
                Door = DescriptorDoor.Adopt(body.Text(), message.TakeDescriptors().Single());
                break;
            case HandoverKind.Member:
                Members.Add(((Greeting)Greeting.Codec.Read(ref body)).Member);
                break;
            case HandoverKind.AddressIds:
                if (TryReadAddressIds(message, out var copies))
                    AddressIds.AddRange(copies);
                break;
        }
    }

    /// <summary>False when they are not written as this version writes them; the client then asks for another.</summary>
    internal static bool TryReadAddressIds(HandoverMessage message, out IReadOnlyList<AddressIdCopy> copies)
    {
        var body = message.Body;
        try
        {
            copies = ((AddressIdsTold)AddressIdsTold.Codec.Read(ref body)).Copies;
            return true;
        }
        catch (FormatException)
        {
            copies = [];
            return false;
        }
    }

    /// <summary>A listener with many sockets comes in parts.</summary>
    private void Add(HandedListener part)
    {
        var before = Listeners.TakeFirst(listener => listener.Number == part.Number);
        Listeners.Add(before is null ? part : part with { Sockets = [.. before.Sockets, .. part.Sockets] });
    }
}
