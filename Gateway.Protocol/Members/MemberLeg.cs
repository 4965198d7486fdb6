using System.Text;

namespace Gateway.Protocol;

/// <summary>
/// What a member of a cluster says of a connection that it hands to another: on whose behalf, and how far it may still go. The receiver takes
/// its word for it, because a key that only members have seals it (<see cref="SealedLeg"/>).
/// </summary>
public sealed record MemberLeg
{
    /// <summary>The most octets of <see cref="Member"/>, in UTF-8.</summary>
    public const int MaxMemberLength = 63;

    /// <summary>The most octets of <see cref="User"/>, in UTF-8.</summary>
    public const int MaxUserLength = 190;

    private readonly IpLiteral _client;

    /// <summary>The name of the node that speaks: 1 to 63 octets in UTF-8, without control characters.</summary>
    public required string Member { get; init; }

    /// <summary>The client's address, canonical.</summary>
    public required IpLiteral Client { get => _client; init => _client = value.Canonical; }

    /// <summary>The name that the client logged in with at the entry, 1 to 190 octets in UTF-8; null when it did not log in.</summary>
    public string? User { get; init; }

    /// <summary>The session's name at every gateway that it passes.</summary>
    public required TraceId Trace { get; init; }

    /// <summary>Gateways that may still follow the receiver.</summary>
    public byte HopsLeft { get; init; }

    /// <summary>The families by which the receiver may reach the destination of the request.</summary>
    public FamilyWish Over { get; init; }

    internal static bool IsMember(ReadOnlySpan<char> name) =>
        Encoding.UTF8.GetByteCount(name) is > 0 and <= MaxMemberLength && !HasControl(name);

    internal static bool IsUser(ReadOnlySpan<char> name) => Encoding.UTF8.GetByteCount(name) is > 0 and <= MaxUserLength;

    private static bool HasControl(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
            if (char.IsControl(c)) return true;
        return false;
    }
}
