using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Protocol;

/// <summary>
/// What the members of a cluster seal their legs with: HMAC-SHA-256 under a key that HKDF-SHA-256 makes of the cluster's secret. Never
/// printed. Safe from any thread.
/// </summary>
[DebuggerDisplay("***")]
public sealed class MemberKey
{
    /// <summary>Octets of a MAC.</summary>
    public const int MacLength = HMACSHA256.HashSizeInBytes;

    private const int MostOctets = 3 * (1 + CountedOctets.MaxCount) + SocksRequest.MaxLength;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _key;

    private MemberKey(byte[] key) => _key = key;

    /// <summary>RFC 5869 with SHA-256, no salt, and <c>socks64 member leg v1</c> as its info; 32 octets.</summary>
    public static MemberKey Derive(ReadOnlySpan<byte> secret)
    {
        // RFC 5869 §2.2 by hand, with its salt of zeros: the system's library refuses an empty secret.
        Span<byte> extracted = stackalloc byte[MacLength];
        HMACSHA256.HashData(stackalloc byte[MacLength], secret, extracted);
        var key = new byte[MacLength];
        HKDF.Expand(HashAlgorithmName.SHA256, extracted, key, "socks64 member leg v1"u8);
        CryptographicOperations.ZeroMemory(extracted);
        return new(key);
    }

    /// <summary>
    /// Whether the last 32 octets of <paramref name="login"/>'s password are the MAC over the rest, the node that they are meant for and the
    /// request behind them. Compares in constant time.
    /// </summary>
    /// <param name="login">As it was received.</param>
    /// <param name="recipient">The name of the node that asks.</param>
    /// <param name="request">The request's octets, as they were received.</param>
    public bool Fits(in PasswordRequest login, ReadOnlySpan<char> recipient, ReadOnlySpan<byte> request)
    {
        var password = login.Password;
        if (password.Length < MacLength || !MemberLeg.IsMember(recipient) || request.Length > SocksRequest.MaxLength) return false;

        Span<byte> mac = stackalloc byte[MacLength];
        Mac(login.Username, password[..^MacLength], recipient, request, mac);
        return CryptographicOperations.FixedTimeEquals(mac, password[^MacLength..]);
    }

    /// <summary>Each part has its length in front, so that none can flow into the next.</summary>
    internal void Mac(
        ReadOnlySpan<byte> username, ReadOnlySpan<byte> password, ReadOnlySpan<char> recipient, ReadOnlySpan<byte> request, Span<byte> mac)
    {
        Span<byte> octets = stackalloc byte[MostOctets];
        var length = Put(octets, 0, username, username.Length);
        length = Put(octets, length, password, password.Length + MacLength);
        octets[length] = (byte)Encoding.UTF8.GetBytes(recipient, octets[(length + 1)..]);
        length += 1 + octets[length];
        request.CopyTo(octets[length..]);
        HMACSHA256.HashData(_key, octets[..(length + request.Length)], mac);
    }

    private static int Put(Span<byte> octets, int at, ReadOnlySpan<byte> field, int count)
    {
        octets[at] = (byte)count;
        field.CopyTo(octets[(at + 1)..]);
        return at + 1 + field.Length;
    }

    public override string ToString() => "***";
}
