using System.Net.NetworkInformation;
using Gateway.Actors.Access;
using Gateway.Actors.Listeners;
using Gateway.Protocol;

namespace Gateway.Actors.Members;

/// <summary>Where other members find a node's listeners.</summary>
internal static class MemberEndpoints
{
    /// <summary>So many are told of a listener on all addresses.</summary>
    private const int MostPerListener = 16;

    /// <summary>
    /// For each listener what it advertises, else its true address. One on all addresses of a family is found at the address that the cluster
    /// knows the node by, and if that is a name or of the other family, at every address that the machine has. A listener on loopback is told
    /// only when the cluster itself is on loopback.
    /// </summary>
    /// <param name="doors">The listeners.</param>
    /// <param name="host">What the others know this node's remoting by, with or without brackets; null when there is none.</param>
    /// <param name="machine">The addresses of this machine.</param>
    public static IReadOnlyList<LiteralEndpoint> Of(IEnumerable<Door> doors, string? host, Func<IEnumerable<IpLiteral>> machine)
    {
        var known = IpLiteral.TryParse(host ?? "", out var literal) ? literal : (IpLiteral?)null;
        var isLocal = host is null or "localhost" || (known is { } own && GuardedNetworks.Loopback(own));
        return [.. doors.SelectMany(OfOne).Distinct()];

        IEnumerable<LiteralEndpoint> OfOne(Door door)
        {
            var local = door.Local.ToLiteral().Canonical;
            if (door.Settings.Advertise is { } advertised)
                return [advertised];
            if (!local.Address.IsUnspecified)
                return isLocal || !GuardedNetworks.Loopback(local.Address) ? [local] : [];
            if (known is { } address && address.Family == local.Address.Family)
                return [local with { Address = address }];
            return machine()
                .Where(candidate => candidate.Family == local.Address.Family && GuardedNetworks.Loopback(candidate) == isLocal)
                .Take(MostPerListener)
                .Select(candidate => local with { Address = candidate });
        }
    }

    /// <summary>Without link-local ones, which mean nothing to other machines.</summary>
    public static IEnumerable<IpLiteral> OfThisMachine() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(card => card.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
        .SelectMany(card => card.GetIPProperties().UnicastAddresses)
        .Select(address => address.Address)
        .Where(address => !address.IsIPv6LinkLocal && !(address.GetAddressBytes() is [169, 254, _, _]))
        .Select(IpLiteral.From);
}
