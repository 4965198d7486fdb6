using Gateway.Protocol;

namespace Gateway.Transport;

/// <summary>The blocking lookups under a <see cref="Resolver"/>; it calls them from several threads of its own at once.</summary>
public interface INameService
{
    /// <summary>The addresses of <paramref name="name"/> in one family.</summary>
    ResolveResult Lookup(string name, IpFamily family);

    /// <summary>The name of <paramref name="address"/> (PTR, hosts file).</summary>
    ResolveResult Reverse(IpEndpoint address);
}
