using System.Runtime.InteropServices;
using Gateway.Protocol;
using Gateway.Transport.Linux;

namespace Gateway.Transport;

/// <summary>
/// A bound and listening TCP socket that no loop watches yet. Opening may fail and needs no loop; a <see cref="Listener"/> then accepts
/// from it. Accepted sockets inherit TCP_NODELAY and keepalive from it.
/// </summary>
public sealed class ListeningSocket : IDisposable
{
    private const int MaxBacklog = int.MaxValue;

    private ListeningSocket(int fd) => (Descriptor, Local) = (fd, SocketCalls.LocalEndpoint(fd));

    /// <summary>The address and the true port.</summary>
    public IpEndpoint Local { get; }

    internal int Descriptor { get; private set; }

    /// <summary>One socket, alone on its address and port. Port 0 takes a free one.</summary>
    /// <exception cref="TransportException">The address is in use, not ours, or not permitted.</exception>
    public static ListeningSocket Open(in IpEndpoint local, KeepAlive? keepAlive = null) => Open(local, false, keepAlive);

    /// <summary>
    /// <paramref name="count"/> sockets that share an address and port, among which the kernel spreads connections: one per loop.
    /// Fails when another process listens there, even one of the same user that would share.
    /// </summary>
    /// <param name="mayBeOurs">Sockets that this method opened may share the port until they are closed; then nobody asks who else listens there.</param>
    /// <exception cref="TransportException">The address is in use, not ours, or not permitted.</exception>
    public static ListeningSocket[] OpenShared(IpEndpoint local, int count, KeepAlive? keepAlive = null, bool mayBeOurs = false)
    {
        if (local.Port != 0 && !mayBeOurs)
            Open(local, false, keepAlive).Dispose();
        var sockets = new List<ListeningSocket>(count);
        try
        {
            while (sockets.Count < count)
            {
                sockets.Add(Open(local, true, keepAlive));
                local = sockets[0].Local;
            }
            return [.. sockets];
        }
        catch (TransportException)
        {
            sockets.ForEach(socket => socket.Dispose());
            throw;
        }
    }

    /// <summary>Takes over a descriptor that listens already, such as one handed over by systemd or by a predecessor.</summary>
    public static ListeningSocket FromDescriptor(SafeHandle handle)
    {
        var descriptor = (int)handle.DangerousGetHandle();
        handle.SetHandleAsInvalid();
        Libc.fcntl(descriptor, Sys.F_SETFL, Libc.fcntl(descriptor, Sys.F_GETFL, 0) | Sys.O_NONBLOCK);
        Libc.SetOption(descriptor, Sys.IPPROTO_TCP, Sys.TCP_NODELAY, 1);
        KeepAlive.Default.Apply(descriptor);
        return new ListeningSocket(descriptor);
    }

    /// <summary>Closes it, unless a <see cref="Listener"/> has taken it.</summary>
    public void Dispose()
    {
        if (Release() is var fd and >= 0)
            Libc.close(fd);
    }

    internal int Release()
    {
        var fd = Descriptor;
        Descriptor = -1;
        return fd;
    }

    private static ListeningSocket Open(in IpEndpoint local, bool shared, KeepAlive? keepAlive)
    {
        var what = $"listen on {local}";
        var fd = TransportException.ThrowIfFailed(
            Libc.socket(SocketCalls.Domain(local.Family), Sys.SOCK_STREAM | Sys.SOCK_NONBLOCK | Sys.SOCK_CLOEXEC, 0), what);
        Libc.SetOption(fd, Sys.SOL_SOCKET, Sys.SO_REUSEADDR, 1);
        if (shared)
            Libc.SetOption(fd, Sys.SOL_SOCKET, Sys.SO_REUSEPORT, 1);
        if (local.Family == IpFamily.V6)
            Libc.SetOption(fd, Sys.IPPROTO_IPV6, Sys.IPV6_V6ONLY, 1);
        Libc.SetOption(fd, Sys.IPPROTO_TCP, Sys.TCP_NODELAY, 1);
        (keepAlive ?? KeepAlive.Default).Apply(fd);
        if (SocketCalls.Bind(fd, local) && Libc.listen(fd, MaxBacklog) == 0)
            return new ListeningSocket(fd);
        var errno = Libc.Error;
        Libc.close(fd);
        throw new TransportException(what, errno);
    }
}
