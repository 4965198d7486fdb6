using Gateway.Actors.Members;
using Gateway.Transport;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Actors.Handover;

/// <summary>
/// One packet between the processes of a hand-over: <c>VERSION(1) KIND(1)</c>, and what belongs to the kind. Whoever wants a descriptor takes it
/// out of the packet.
/// </summary>
internal sealed class HandoverMessage : IDisposable
{
    /// <summary>Processes of another version do not understand each other. Kinds may be added without another version.</summary>
    public const byte Version = 1;

    private const int HeaderLength = 2;

    private readonly DescriptorPacket _packet;

    private HandoverMessage(DescriptorPacket packet) => _packet = packet;

    public HandoverKind Kind => (HandoverKind)_packet.Octets[1];

    /// <summary>Behind the kind.</summary>
    public OctetReader Body => new(_packet.Octets.AsSpan(HeaderLength));

    /// <exception cref="HandoverException">The packet is of another version, or none.</exception>
    public static HandoverMessage Of(DescriptorPacket packet)
    {
        if (packet.Octets is [Version, _, ..])
            return new(packet);
        packet.Dispose();
        throw new HandoverException($"the other process hands over by version {packet.Octets[0]}, this one by version {Version}");
    }

    /// <summary>The octets of a message.</summary>
    public static OctetWriter Begin(HandoverKind kind)
    {
        var writer = new OctetWriter();
        writer.Byte(Version);
        writer.Byte((byte)kind);
        return writer;
    }

    /// <summary>All descriptors that came along; the caller closes them.</summary>
    public IReadOnlyList<SafeFileHandle> TakeDescriptors()
    {
        SafeFileHandle[] taken = [.. _packet.Descriptors];
        _packet.Descriptors.Clear();
        return taken;
    }

    public void Dispose() => _packet.Dispose();
}
