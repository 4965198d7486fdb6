using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Names;

/// <summary>Both families of a name in one answer: A and AAAA are asked at once, and told together. Loop's thread only.</summary>
internal sealed class NameLookup : IResolveHandler
{
    private readonly Action<NameResolved> _answered;
    private readonly List<ResolveQuery> _open = [];
    private readonly List<IpLiteral> _addresses = [];
    private ResolveStatus _status = ResolveStatus.NotFound;

    private NameLookup(Action<NameResolved> answered) => _answered = answered;

    /// <summary>
    /// Asks on behalf of <paramref name="client"/> for the addresses of <paramref name="name"/> in the families that <paramref name="over"/>
    /// allows. The answer comes on the loop, never from inside this call.
    /// </summary>
    public static NameLookup Start(Resolver resolver, Loop loop, string name, FamilyWish over, IpLiteral client, Action<NameResolved> answered)
    {
        var lookup = new NameLookup(answered);
        foreach (var family in (ReadOnlySpan<IpFamily>)[IpFamily.V6, IpFamily.V4])
            if (over.Allows(family))
                lookup._open.Add(resolver.Lookup(loop, name, family, lookup, client));
        return lookup;
    }

    /// <summary>Nobody hears of it any more.</summary>
    public void Cancel() => _open.ForEach(query => query.Cancel());

    void IResolveHandler.OnResolved(ResolveQuery query, ResolveResult result)
    {
        _open.Remove(query);
        _addresses.AddRange(result.Addresses.Select(address => address.Address.Canonical));
        if (result.Status is not (ResolveStatus.Found or ResolveStatus.NotFound))
            _status = result.Status;
        if (_open.Count == 0)
            _answered(new NameResolved(_addresses.Count > 0 ? ResolveStatus.Found : _status, _addresses));
    }
}
