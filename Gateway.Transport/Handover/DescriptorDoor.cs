using System.Net.Sockets;
using Gateway.Transport.Linux;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Transport;

/// <summary>
/// Listens for <see cref="DescriptorChannel"/>s. It can itself be handed to another process, so that the name never leads nowhere; who ends
/// without a heir takes the name away.
/// </summary>
public sealed class DescriptorDoor : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly Socket _socket;

    /// <summary>The runtime's socket borrows the descriptor: closing what it owns would alter the socket for the other process too.</summary>
    private DescriptorDoor(string name, SafeFileHandle handle) =>
        (Name, _handle, _socket) = (name, handle, new Socket(new SafeSocketHandle(handle.DangerousGetHandle(), ownsHandle: false)));

    /// <summary>A path, or a name in the abstract namespace behind <c>@</c>.</summary>
    public string Name { get; }

    /// <summary>For a packet to another process.</summary>
    public SafeFileHandle Handle => _handle;

    /// <summary>It has been handed to another process, and the name stays when this one closes it.</summary>
    public bool IsHandedOn { get; set; }

    /// <summary>Listens under a name that nobody listens under. A file that was left behind there is replaced.</summary>
    /// <exception cref="TransportException">The name is in use, or not permitted.</exception>
    public static DescriptorDoor Open(string name)
    {
        using var socket = NewSocket();
        if (IsPath(name) && File.Exists(name) && !IsAnswered(name))
            File.Delete(name);
        // Not by the runtime, which would take the file away with the socket that bound it.
        var address = EndPointOf(name).Serialize();
        TransportException.ThrowIfFailed(RightsCalls.Listen((int)socket.Handle, address.Buffer.Span[..address.Size]), $"listen on {name}");
        return new(name, DescriptorChannel.Duplicate(socket.SafeHandle));
    }

    /// <summary>Goes on listening with a descriptor that another process listened with.</summary>
    public static DescriptorDoor Adopt(string name, SafeFileHandle handle)
    {
        var door = new DescriptorDoor(name, handle);
        // Who listened last is the process that those who connect see at the other end.
        door._socket.Listen();
        return door;
    }

    /// <summary>The next process that connects.</summary>
    public async Task<DescriptorChannel> AcceptAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var socket = await _socket.AcceptAsync(cancellation).ConfigureAwait(false);
            try
            {
                return new(socket);
            }
            catch (TransportException)
            {
                socket.Dispose();
            }
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        if (!IsHandedOn && IsPath(Name))
            File.Delete(Name);
        _handle.Dispose();
    }

    internal static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);

    internal static UnixDomainSocketEndPoint EndPointOf(string name) => new(IsPath(name) ? name : "\0" + name[1..]);

    private static bool IsPath(string name) => name[0] != '@';

    private static bool IsAnswered(string name)
    {
        using var socket = NewSocket();
        try
        {
            socket.Connect(EndPointOf(name));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
