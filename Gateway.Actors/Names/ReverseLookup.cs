using System.Text;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Names;

/// <summary>The name of an address (PTR, hosts file). Loop's thread only.</summary>
internal sealed class ReverseLookup : IResolveHandler
{
    private readonly Action<AddressNamed> _answered;
    private ResolveQuery? _query;

    private ReverseLookup(Action<AddressNamed> answered) => _answered = answered;

    /// <summary>Asks on behalf of <paramref name="client"/> for the name of <paramref name="address"/>. The answer comes on the loop, never from inside this call.</summary>
    public static ReverseLookup Start(Resolver resolver, Loop loop, IpLiteral address, IpLiteral client, Action<AddressNamed> answered)
    {
        var lookup = new ReverseLookup(answered);
        lookup._query = resolver.Reverse(loop, IpEndpoint.From(address, 0), lookup, client);
        return lookup;
    }

    /// <summary>Nobody hears of it any more.</summary>
    public void Cancel() => _query?.Cancel();

    void IResolveHandler.OnResolved(ResolveQuery query, ResolveResult result) =>
        _answered(new AddressNamed(result.Name is { } name && CanBeSent(name) ? SocksAddress.FromName(name) : null));

    /// <summary>Name servers may answer anything; ATYP 03 holds 1 to 255 octets without a NUL.</summary>
    private static bool CanBeSent(string name) => Encoding.UTF8.GetByteCount(name) is >= 1 and <= 255 && !name.Contains('\0');
}
