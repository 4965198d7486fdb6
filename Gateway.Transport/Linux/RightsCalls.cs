using Microsoft.Win32.SafeHandles;

namespace Gateway.Transport.Linux;

/// <summary>Packets with open descriptors over a Unix socket (unix(7), SCM_RIGHTS), and who is at its other end. Nothing here blocks.</summary>
internal static unsafe class RightsCalls
{
    /// <summary>Process and user at the other end, as they were when it connected.</summary>
    public static Credentials PeerOf(int fd)
    {
        Credentials peer;
        uint length = (uint)sizeof(Credentials);
        TransportException.ThrowIfFailed(Libc.getsockopt(fd, Sys.SOL_SOCKET, Sys.SO_PEERCRED, &peer, &length), "SO_PEERCRED");
        return peer;
    }

    /// <summary>Binds a socket to an address of its family and listens; -1 with an errno in <see cref="Libc.Error"/> when that fails.</summary>
    public static int Listen(int fd, ReadOnlySpan<byte> address)
    {
        fixed (byte* name = address)
            return Libc.bind(fd, name, (uint)address.Length) < 0 ? -1 : Libc.listen(fd, 16);
    }

    /// <summary>0, or the error number.</summary>
    public static int Send(int fd, ReadOnlySpan<byte> octets, IReadOnlyList<SafeFileHandle> descriptors)
    {
        var size = sizeof(int) * descriptors.Count;
        var control = stackalloc byte[sizeof(ControlHeader) + size + sizeof(ulong)];
        *(ControlHeader*)control = new() { Length = (nuint)(sizeof(ControlHeader) + size), Level = Sys.SOL_SOCKET, Type = Sys.SCM_RIGHTS };
        for (var i = 0; i < descriptors.Count; i++)
            ((int*)(control + sizeof(ControlHeader)))[i] = (int)descriptors[i].DangerousGetHandle();
        fixed (byte* data = octets)
        {
            IoVector vector = new() { Base = data, Length = (nuint)octets.Length };
            MessageHeader message = new() { Vectors = &vector, VectorCount = 1 };
            if (size > 0)
            {
                message.Control = control;
                message.ControlLength = (nuint)(sizeof(ControlHeader) + (size + 7) / 8 * 8);
            }
            return Libc.sendmsg(fd, &message, Sys.MSG_DONTWAIT | Sys.MSG_NOSIGNAL) < 0 ? Libc.Error : 0;
        }
    }

    /// <summary>The length of the packet, 0 at the end, or -1 with an errno in <see cref="Libc.Error"/>.</summary>
    /// <param name="fd">The socket.</param>
    /// <param name="octets">Takes the packet.</param>
    /// <param name="most">Descriptors that there is room for; the kernel closes those beyond.</param>
    /// <param name="descriptors">What came along, closed when this process executes another program.</param>
    public static int Receive(int fd, Span<byte> octets, int most, out List<SafeFileHandle> descriptors)
    {
        descriptors = [];
        var size = sizeof(ControlHeader) + most * sizeof(int);
        var control = stackalloc byte[size];
        fixed (byte* data = octets)
        {
            IoVector vector = new() { Base = data, Length = (nuint)octets.Length };
            MessageHeader message = new() { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = (nuint)size };
            var length = Libc.recvmsg(fd, &message, Sys.MSG_DONTWAIT | Sys.MSG_CMSG_CLOEXEC);
            var header = (ControlHeader*)control;
            if (length <= 0 || message.ControlLength < (nuint)sizeof(ControlHeader) || header->Level != Sys.SOL_SOCKET || header->Type != Sys.SCM_RIGHTS)
                return (int)length;
            var count = ((int)header->Length - sizeof(ControlHeader)) / sizeof(int);
            for (var i = 0; i < count; i++)
                descriptors.Add(new(((int*)(header + 1))[i], ownsHandle: true));
            return (int)length;
        }
    }
}
