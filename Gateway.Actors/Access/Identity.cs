using Gateway.Protocol;

namespace Gateway.Actors.Access;

/// <summary>Who asks: the client as far as the gateway knows it, or as the entry gateway vouches for it.</summary>
/// <param name="Client">Canonical: a mapped IPv4 address is that IPv4 address.</param>
/// <param name="User">The name it logged in with, null when it did not.</param>
/// <param name="Listener">The listener's number in the settings; -1 for none.</param>
/// <param name="ViaMember">It came through a fellow member of the cluster.</param>
public readonly record struct Identity(IpLiteral Client, string? User, int Listener, bool ViaMember = false)
{
    /// <summary>Who comes from a fellow member has no number of a listener: that of another node would mean nothing here.</summary>
    public static Identity Of(MemberLeg leg) => new(leg.Client, leg.User, Listener: -1, ViaMember: true);

    /// <summary>Runs on this very machine. The loopback address of another node's client is another machine's.</summary>
    public bool IsLocal => !ViaMember && GuardedNetworks.Loopback(Client);
}
