using System.Runtime.InteropServices;

namespace Gateway.Transport.Linux;

/// <summary>struct iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    public byte* Base;
    public nuint Length;
}

/// <summary>struct msghdr of a 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    public void* Name;
    public uint NameLength;
    public IoVector* Vectors;
    public nuint VectorCount;
    public void* Control;
    public nuint ControlLength;
    public int Flags;
}

/// <summary>struct mmsghdr: a message and, after the call, its length in octets.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MultiMessage
{
    public MessageHeader Header;
    public uint Length;
}

/// <summary>struct cmsghdr of a 64-bit Linux with UDP_SEGMENT: the octets of each datagram that a message is cut into.</summary>
[StructLayout(LayoutKind.Sequential, Size = Length)]
internal struct SegmentControl
{
    /// <summary>CMSG_SPACE of two octets.</summary>
    public const int Length = 24;

    public nuint HeaderAndData;
    public int Level, Type;
    public ushort Size;

    public static SegmentControl Of(ushort size) => new() { HeaderAndData = 18, Level = Sys.IPPROTO_UDP, Type = Sys.UDP_SEGMENT, Size = size };
}

/// <summary>struct cmsghdr of a 64-bit Linux; its data follow, and the next begins at a multiple of eight.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ControlHeader
{
    public nuint Length;
    public int Level, Type;
}

/// <summary>struct ucred.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Credentials
{
    public int Process;
    public uint User, Group;
}

/// <summary>struct addrinfo of glibc on a 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AddressInfo
{
    public int Flags, Family, SocketType, Protocol;
    public uint AddressLength;
    public void* Address;
    public byte* CanonicalName;
    public AddressInfo* Next;
}
