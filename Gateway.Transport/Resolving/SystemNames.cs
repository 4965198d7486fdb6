using System.Runtime.InteropServices;
using System.Text;
using Gateway.Protocol;
using Gateway.Transport.Linux;

namespace Gateway.Transport;

/// <summary>The system's own getaddrinfo and getnameinfo: hosts file, nsswitch, search list, RFC 6724 order.</summary>
public sealed unsafe class SystemNames : INameService
{
    /// <inheritdoc/>
    public ResolveResult Lookup(string name, IpFamily family)
    {
        AddressInfo* list;
        var hints = new AddressInfo { Family = SocketCalls.Domain(family), SocketType = Sys.SOCK_STREAM };
        var error = Libc.getaddrinfo(name, null, &hints, &list);
        if (error != 0)
            return Failure(error);
        var addresses = new List<IpEndpoint>();
        for (var info = list; info is not null; info = info->Next)
        {
            if (SockAddr.Read(info->Address) is { Family: not IpFamily.None } address && !addresses.Contains(address))
                addresses.Add(address);
        }
        Libc.freeaddrinfo(list);
        return addresses.Count == 0 ? ResolveResult.NotFound : ResolveResult.Found(addresses);
    }

    /// <inheritdoc/>
    public ResolveResult Reverse(IpEndpoint address)
    {
        SockAddr target;
        var length = target.Set(address);
        var host = stackalloc byte[Sys.NI_MAXHOST];
        var error = Libc.getnameinfo(&target, length, host, Sys.NI_MAXHOST, null, 0, Sys.NI_NAMEREQD);
        return error != 0
            ? Failure(error)
            : ResolveResult.Found(Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(host)).TrimEnd('.'));
    }

    private static ResolveResult Failure(int error) =>
        error is Sys.EAI_AGAIN or Sys.EAI_FAIL or Sys.EAI_MEMORY or Sys.EAI_SYSTEM ? ResolveResult.Temporary : ResolveResult.NotFound;
}
