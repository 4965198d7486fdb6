using Gateway.Actors.Chains;
using Gateway.Actors.Sessions;
using Gateway.Protocol;
using SocksLib;

namespace Gateway.Actors.Associations;

/// <summary>Asks the last hop of a chain for an address of a name (draft-kitamura-socks-ipv6-01, ADDRESS ASSOCIATE). Loop's thread only.</summary>
internal sealed class BeyondLookup : IChainHandler
{
    private readonly Action<IReadOnlyList<IpLiteral>> _answered;
    private ChainSetup? _setup;
    private bool _isCancelled;

    private BeyondLookup(Action<IReadOnlyList<IpLiteral>> answered) => _answered = answered;

    /// <summary>The answer, none or one, comes on the loop, never from inside this call.</summary>
    /// <param name="chain">Its name.</param>
    /// <param name="terms">For whom.</param>
    /// <param name="over"><see cref="FamilyWish.Ipv4"/> or <see cref="FamilyWish.Ipv6"/>.</param>
    public static BeyondLookup Start(SessionServices services, string chain, ChainTerms terms, SocksAddress name, FamilyWish over, Action<IReadOnlyList<IpLiteral>> answered)
    {
        var lookup = new BeyondLookup(answered);
        var preference = over == FamilyWish.Ipv4 ? AddressPreference.Ipv4 : AddressPreference.Ipv6;
        var request = new SocksRequest(SocksCommand.AddressAssociate, RequestFlags.None, new SocksEndpoint(name, (ushort)preference));
        if (services.Chains.TryPlan(chain, terms with { Destination = request.Destination }, out var plan, out _))
            lookup._setup = ChainSetup.Start(services.NetworkFor(terms.Client), plan, request, lookup);
        else
            services.Loop.Post(() => lookup.Tell([]));
        return lookup;
    }

    /// <summary>Nobody hears of it any more.</summary>
    public void Cancel()
    {
        _isCancelled = true;
        _setup?.Cancel();
    }

    void IChainHandler.OnLinked(ChainSetup setup, ChainLink link)
    {
        link.Channel.Abort();
        Tell(link.Reply.Bound.Address.TryGetIp(out var ip) ? [ip.Canonical] : []);
    }

    void IChainHandler.OnChainFailed(ChainSetup setup, ChainFailure failure) => Tell([]);

    private void Tell(IReadOnlyList<IpLiteral> addresses)
    {
        if (!_isCancelled)
            _answered(addresses);
    }
}
