using System.Security.Cryptography;
using System.Text;

namespace Akka.Remote.Wire;

/// <summary>
/// Both sides prove that they know the secret: <c>HMAC-SHA256(secret, ROLE HELLO CHALLENGE)</c> over all octets of both frames, and so
/// over both nonces, addresses and uids. The dialer proves first, so nobody can collect proofs by connecting.
/// </summary>
internal sealed class SharedSecret(string secret)
{
    public const int ProofSize = HMACSHA256.HashSizeInBytes;

    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret);

    public byte[] DialerProof(ReadOnlySpan<byte> hello, ReadOnlySpan<byte> challenge) => Proof("dialer"u8, hello, challenge);

    public byte[] AcceptorProof(ReadOnlySpan<byte> hello, ReadOnlySpan<byte> challenge) => Proof("acceptor"u8, hello, challenge);

    /// <summary>Takes the same time whatever differs.</summary>
    public static bool Matches(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> given) => CryptographicOperations.FixedTimeEquals(expected, given);

    public override string ToString() => "a secret";

    private byte[] Proof(ReadOnlySpan<byte> role, ReadOnlySpan<byte> hello, ReadOnlySpan<byte> challenge)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        Append(hmac, role);
        Append(hmac, hello);
        Append(hmac, challenge);
        return hmac.GetHashAndReset();
    }

    private static void Append(IncrementalHash hmac, ReadOnlySpan<byte> part)
    {
        hmac.AppendData(BitConverter.GetBytes(part.Length));
        hmac.AppendData(part);
    }
}
