using System.Net;
using Gateway.Protocol;

namespace SocksLib;

/// <summary>
/// Names and addresses, asked of a gateway: by ADDRESS ASSOCIATE with a preference (draft-kitamura-socks-ipv6-01 Extension 3), or by Tor's
/// RESOLVE and RESOLVE_PTR.
/// </summary>
internal sealed class NameQuestion(SocksClient client, SocksClientOptions options)
{
    public async Task<IPAddress> ResolveAsync(SocksAddress name, FamilyWish wish, CancellationToken cancellation)
    {
        try
        {
            return await ResolveOnceAsync(name, wish, cancellation).ConfigureAwait(false);
        }
        catch (SocksException e) when (wish is FamilyWish.PreferIpv4 or FamilyWish.PreferIpv6 && e.Code == ReplyCode.HostUnreachable)
        {
            return await ResolveOnceAsync(name, wish == FamilyWish.PreferIpv4 ? FamilyWish.Ipv6 : FamilyWish.Ipv4, cancellation).ConfigureAwait(false);
        }
    }

    public async Task<string> ReverseAsync(SocksAddress address, CancellationToken cancellation)
    {
        var answer = await AskAsync(SocksCommand.ResolvePtr, RequestFlags.None, address, AddressPreference.DomainName, cancellation).ConfigureAwait(false);
        return answer.IsName ? answer.ToString() : throw Unfit(address, answer);
    }

    private async Task<IPAddress> ResolveOnceAsync(SocksAddress name, FamilyWish wish, CancellationToken cancellation)
    {
        // B4: FLAG 10 overrides a preference, but only one that is shown.
        var flags = wish == FamilyWish.Any ? RequestFlags.DestinationFamily : RequestFlags.None;
        var preference = wish.Preferred == IpFamily.V6 ? AddressPreference.Ipv6 : AddressPreference.Ipv4;
        var answer = await AskAsync(SocksCommand.Resolve, flags, name, preference, cancellation).ConfigureAwait(false);
        if (!answer.TryGetIp(out var ip)) throw Unfit(name, answer);
        // Tor's clients cannot say which family they want.
        var isWished = wish == FamilyWish.Any || ip.Canonical.Family == wish.Preferred;
        return isWished ? ip.Canonical.ToIPAddress() : throw new SocksException(ReplyCode.HostUnreachable, $"{name}: only {ip} is known");
    }

    private Task<SocksAddress> AskAsync(
        SocksCommand tors, RequestFlags flags, SocksAddress target, AddressPreference preference, CancellationToken cancellation)
    {
        HopServer[] knowing = [.. options.Hops[^1].Where(server => server.AddressAssociate)];
        if (knowing.Length == 0 && !options.TorResolve)
            throw new InvalidOperationException("no last server is known to resolve names: say AddressAssociate of the server, or TorResolve");
        var request = knowing.Length > 0
            ? new SocksRequest(SocksCommand.AddressAssociate, flags, new SocksEndpoint(target, (ushort)preference))
            : new SocksRequest(tors, RequestFlags.None, new SocksEndpoint(target, 0));
        var hops = knowing.Length > 0 ? [.. options.Hops.SkipLast(1), knowing] : options.Hops;
        return client.AskAsync(hops, request, cancellation);
    }

    /// <summary>A gateway may be set to answer with IDs whatever is asked (<c>B2</c>).</summary>
    private static SocksException Unfit(SocksAddress asked, SocksAddress answer) =>
        new(ReplyCode.GeneralFailure, $"{asked}: the gateway answered with {answer}");
}
