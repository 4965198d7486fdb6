using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Gateway.Protocol;

namespace Gateway.Transport.Linux;

/// <summary>
/// struct sockaddr_in (16 octets used) or sockaddr_in6 (28), as the kernel reads and writes it:
/// <c>family(2, host order) port(2) ipv4(4)</c> or <c>family(2) port(2) flowinfo(4) ipv6(16) scope(4, host order)</c>.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Capacity)]
internal unsafe struct SockAddr
{
    public const int Capacity = 28, V4Length = 16;

    private fixed byte _octets[Capacity];

    /// <summary>Writes <paramref name="endpoint"/>; the result is the length to give to the kernel.</summary>
    public uint Set(in IpEndpoint endpoint)
    {
        fixed (byte* p = _octets)
        {
            *(ushort*)(p + 2) = BinaryPrimitives.ReverseEndianness(endpoint.Port);
            if (endpoint.Family == IpFamily.V4)
            {
                *(ushort*)p = Sys.AF_INET;
                endpoint.Address.Write(new Span<byte>(p + 4, 4));
                *(ulong*)(p + 8) = 0;
                return V4Length;
            }
            *(ushort*)p = Sys.AF_INET6;
            *(uint*)(p + 4) = 0;
            endpoint.Address.Write(new Span<byte>(p + 8, 16));
            *(uint*)(p + 24) = endpoint.ScopeId;
            return Capacity;
        }
    }

    /// <summary>The address that the kernel wrote; the default endpoint when it is of no IP family.</summary>
    public readonly IpEndpoint Get()
    {
        fixed (byte* p = _octets)
            return Read(p);
    }

    /// <summary>Reads a sockaddr wherever it lies.</summary>
    public static IpEndpoint Read(void* address)
    {
        var p = (byte*)address;
        var port = BinaryPrimitives.ReverseEndianness(*(ushort*)(p + 2));
        return *(ushort*)p switch
        {
            Sys.AF_INET => IpEndpoint.From(IpLiteral.Ipv4(BinaryPrimitives.ReverseEndianness(*(uint*)(p + 4))), port),
            Sys.AF_INET6 => IpEndpoint.From(IpLiteral.FromOctets(new ReadOnlySpan<byte>(p + 8, 16)), port, *(uint*)(p + 24)),
            _ => default,
        };
    }
}
