using Microsoft.Win32.SafeHandles;

namespace Gateway.Transport;

/// <summary>What comes over a <see cref="DescriptorChannel"/> at once. Whoever wants a descriptor takes it out of the list.</summary>
/// <param name="Octets">At most <see cref="DescriptorChannel.MostOctets"/>.</param>
/// <param name="Descriptors">Open in this process, and closed with the packet.</param>
public sealed record DescriptorPacket(byte[] Octets, List<SafeFileHandle> Descriptors) : IDisposable
{
    public void Dispose() => Descriptors.ForEach(descriptor => descriptor.Dispose());
}
