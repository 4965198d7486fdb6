using System.Net.Sockets;
using System.Runtime.InteropServices;
using Gateway.Transport.Linux;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Transport;

/// <summary>
/// A connection between two processes of one machine that carries packets with open descriptors (SOCK_SEQPACKET). What is sent is open in both
/// processes from then on, and lives until the last of them closes it. Sending is safe from any thread, receiving is one thread's.
/// </summary>
public sealed class DescriptorChannel : IDisposable
{
    /// <summary>Octets in one packet.</summary>
    public const int MostOctets = 64 << 10;

    /// <summary>Descriptors in one packet; the kernel's own limit is 253.</summary>
    public const int MostDescriptors = 128;

    private static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(10);

    private readonly Socket _socket;
    private readonly Lock _sending = new();

    internal DescriptorChannel(Socket socket)
    {
        _socket = socket;
        var peer = RightsCalls.PeerOf(Descriptor);
        (PeerProcess, PeerUser) = (peer.Process, peer.User);
    }

    /// <summary>The user that this process acts as.</summary>
    public static uint User => Libc.geteuid();

    /// <summary>The other process.</summary>
    public int PeerProcess { get; }

    /// <summary>The user that it acts as.</summary>
    public uint PeerUser { get; }

    private int Descriptor => (int)_socket.Handle;

    /// <summary>Connects to a <see cref="DescriptorDoor"/>.</summary>
    /// <param name="name">A path, or a name in the abstract namespace behind <c>@</c>.</param>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static DescriptorChannel Connect(string name)
    {
        var socket = DescriptorDoor.NewSocket();
        try
        {
            socket.Connect(DescriptorDoor.EndPointOf(name));
            return new(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The same open file once more, as another process would have it.</summary>
    /// <exception cref="TransportException">The process has no descriptor left.</exception>
    public static SafeFileHandle Duplicate(SafeHandle handle) => SocketCalls.Duplicate((int)handle.DangerousGetHandle());

    /// <summary>Sends one packet. The descriptors stay open here.</summary>
    /// <exception cref="TransportException">The other side is gone, or takes nothing for ten seconds.</exception>
    public void Send(ReadOnlySpan<byte> octets, params IReadOnlyList<SafeFileHandle> descriptors)
    {
        if (octets.IsEmpty || octets.Length > MostOctets || descriptors.Count > MostDescriptors)
            throw new ArgumentException($"a packet of {octets.Length} octets and {descriptors.Count} descriptors", nameof(octets));
        lock (_sending)
        {
            while (RightsCalls.Send(Descriptor, octets, descriptors) is not 0 and var errno)
                if (errno != Errno.EINTR && (errno != Errno.EAGAIN || !_socket.Poll(SendPatience, SelectMode.SelectWrite)))
                    throw new TransportException("sendmsg", errno);
        }
    }

    /// <summary>The next packet; null when the other side has closed or is dead.</summary>
    public async Task<DescriptorPacket?> ReceiveAsync(CancellationToken cancellation = default)
    {
        var octets = new byte[MostOctets];
        while (true)
        {
            try
            {
                // Only a look: who receives for good has to have room for the descriptors.
                if (await _socket.ReceiveAsync(octets.AsMemory(0, 1), SocketFlags.Peek, cancellation).ConfigureAwait(false) == 0)
                    return null;
            }
            catch (SocketException)
            {
                return null;
            }
            var length = RightsCalls.Receive(Descriptor, octets, MostDescriptors, out var descriptors);
            if (length > 0)
                return new(octets[..length], descriptors);
            if (length == 0 || Libc.Error is not (Errno.EAGAIN or Errno.EINTR))
                return null;
        }
    }

    public void Dispose() => _socket.Dispose();
}
