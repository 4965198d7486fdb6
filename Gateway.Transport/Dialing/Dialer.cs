using Gateway.Protocol;
using Gateway.Transport.Linux;

namespace Gateway.Transport;

/// <summary>Makes outgoing TCP connections on a loop: names by RFC 8305 races over AAAA and A, addresses directly. Loop's thread only.</summary>
public sealed class Dialer
{
    public Dialer(Loop loop, Resolver resolver, DialerOptions? options = null)
    {
        (Loop, Resolver, Options) = (loop, resolver, options ?? new DialerOptions());
    }

    public Loop Loop { get; }

    public Resolver Resolver { get; }

    public DialerOptions Options { get; }

    /// <summary>
    /// Those of <paramref name="addresses"/> that <paramref name="over"/> allows and this machine has a way to: the preferred family first,
    /// and otherwise in the order of RFC 6724.
    /// </summary>
    public IReadOnlyList<IpEndpoint> Reachable(IEnumerable<IpEndpoint> addresses, FamilyWish over = FamilyWish.Any)
    {
        var usable = addresses.Where(address => over.Allows(address.Family) && Options.Egress.Has(address.Family));
        var reachable = AddressOrder.Sort(usable, AddressOrder.KernelSource).Where(address => AddressOrder.KernelSource(address).Family != IpFamily.None);
        return [.. over.Preferred == IpFamily.None ? reachable : reachable.OrderBy(address => address.Family != over.Preferred)];
    }

    /// <summary>Begins to connect.</summary>
    public Dial Start(in DialTarget target, IDialHandler handler)
    {
        Loop.AssertCurrent();
        var dial = new Dial(this, target, handler);
        dial.Begin();
        return dial;
    }

    /// <summary>Begins one attempt; <paramref name="owner"/> hears of its result. 0, or the error number that ended it at once.</summary>
    internal int Attempt(in IpEndpoint endpoint, IpLiteral? client, ILegOwner owner, out Connection? connection)
    {
        connection = null;
        var type = Sys.SOCK_STREAM | Sys.SOCK_NONBLOCK | Sys.SOCK_CLOEXEC;
        var fd = Descriptors.Keep(Libc.socket(SocketCalls.Domain(endpoint.Family), type, 0), out var errno);
        if (fd < 0)
            return errno;
        Libc.SetOption(fd, Sys.IPPROTO_TCP, Sys.TCP_NODELAY, 1);
        errno = BindToEgress(fd, endpoint.Family, client);
        if (errno == 0)
            errno = SocketCalls.Connect(fd, endpoint);
        if (errno is 0 or Errno.EINPROGRESS)
        {
            try
            {
                connection = Connection.AdoptConnecting(Loop, fd, endpoint, owner);
                return 0;
            }
            catch (TransportException refused)
            {
                errno = refused.Errno;
            }
        }
        Libc.close(fd);
        return errno;
    }

    private int BindToEgress(int fd, IpFamily family, IpLiteral? client)
    {
        var source = client is { } one ? Options.Egress.For(family, one) : Options.Egress.Next(family);
        if (source.IsUnspecified)
            return source.Family == IpFamily.None ? Errno.EAFNOSUPPORT : 0;
        Libc.SetOption(fd, Sys.IPPROTO_IP, Sys.IP_BIND_ADDRESS_NO_PORT, 1);
        return SocketCalls.Bind(fd, source) ? 0 : Libc.Error;
    }
}
