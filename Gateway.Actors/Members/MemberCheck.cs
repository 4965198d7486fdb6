using System.Text;
using Gateway.Actors.Access;
using Gateway.Actors.Settings;
using Gateway.Protocol;

namespace Gateway.Actors.Members;

/// <summary>
/// Whether a login is that of a fellow member: sealed with the cluster's key for this node and for the request behind it, of this time, and
/// not seen before (docs/member-legs.md). Safe from any thread.
/// </summary>
public sealed class MemberCheck
{
    /// <summary>How far the clocks of two members may be apart, the time on the way included.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(2);

    /// <summary>In four minutes: 35,000 legs a second.</summary>
    private const int MostNonces = 8 << 20;

    private readonly string _node;
    private readonly bool _hasSecret;
    private readonly TimeProvider _time;
    private readonly NonceMemory _nonces;

    private MemberCheck(GatewaySettings settings, TimeProvider time, int capacity)
    {
        (_node, _hasSecret, _time) = (settings.Node.Name, settings.Cluster.Secret is not null, time);
        // A leg from a clock that is ahead by the tolerance stays fresh for twice as long.
        _nonces = new NonceMemory(2 * Tolerance, capacity, time);
        Key = MemberKey.Derive(Encoding.UTF8.GetBytes(settings.Cluster.Secret?.Reveal() ?? ""));
    }

    /// <summary>The cluster's key, for <see cref="MemberLogin"/> too. Without a secret, one that anybody can derive.</summary>
    public MemberKey Key { get; }

    /// <summary>Null when this node belongs to no cluster, and so knows no members.</summary>
    public static MemberCheck? For(GatewaySettings settings, TimeProvider time, int capacity = MostNonces) =>
        settings.Cluster.IsJoined ? new(settings, time, capacity) : null;

    /// <summary>What the member says; or null, and why it is not believed, for the log.</summary>
    /// <param name="login">As it was received.</param>
    /// <param name="request">The octets of the request behind it, as they were received.</param>
    /// <param name="peer">Where it comes from.</param>
    public MemberLeg? Check(in PasswordRequest login, ReadOnlySpan<byte> request, IpLiteral peer, out string? refusal)
    {
        refusal = Judge(login, request, peer, out var leg);
        return refusal is null ? leg.Leg : null;
    }

    private string? Judge(in PasswordRequest login, ReadOnlySpan<byte> request, IpLiteral peer, out SealedLeg leg)
    {
        var status = SealedLeg.Read(login, out leg);
        if (status == ReadStatus.WrongVersion)
            return "a member leg of another version";
        if (status != ReadStatus.Complete)
            return status.Reason;
        var who = $"a member leg that says it is {leg.Leg.Member}'s";
        if (!_hasSecret && !GuardedNetworks.Loopback(peer))
            return $"{who}: without cluster.secret members are believed on loopback alone";
        if (!Key.Fits(login, _node, request))
            return $"{who}: its seal does not fit; it has another cluster.secret, is meant for another node than {_node}, or was altered";
        var late = TimeSpan.FromMilliseconds(Math.Clamp((double)_time.GetUtcNow().ToUnixTimeMilliseconds() - leg.Time, -1e12, 1e12));
        if (late.Duration() > Tolerance)
            return $"{who}: {(late > TimeSpan.Zero ? "stale" : "from the future")} by {late.Duration().TotalSeconds:0} s, and clocks may be {Tolerance.TotalSeconds:0} s apart";
        return _nonces.Add(leg.Nonce) switch
        {
            NonceResult.Repeated => $"{who}: it has been here before",
            NonceResult.Full => $"{who}: too many came in {2 * Tolerance.TotalSeconds:0} s to tell them apart",
            _ => null,
        };
    }
}
