using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Gateway.Protocol;
using SocksLib;

namespace Gateway.Actors.Members;

/// <summary>How this node logs in to a fellow member that is a hop of a chain (docs/member-legs.md). One login serves any number of attempts.</summary>
/// <param name="key">The cluster's.</param>
/// <param name="recipient">The name of the node that is logged in to.</param>
/// <param name="leg">What is said to it.</param>
/// <param name="time">Tells the time of day.</param>
public sealed class MemberLogin(MemberKey key, string recipient, MemberLeg leg, TimeProvider time) : HopLogin
{
    /// <summary>What the hop is told.</summary>
    public MemberLeg Leg => leg;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Methods => [(byte)AuthMethod.Password];

    /// <summary>Sealed anew for each request: a member takes no message twice.</summary>
    public override PasswordRequest Authenticate(in SocksRequest request)
    {
        var nonce = default(UInt128);
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(new Span<UInt128>(ref nonce)));
        return new SealedLeg(time.GetUtcNow().ToUnixTimeMilliseconds(), nonce, leg).Seal(key, recipient, request);
    }
}
