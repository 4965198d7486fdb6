using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Gateway.Actors.Access;

/// <summary>
/// A salted password hash, <c>pbkdf2-sha256$ITERATIONS$SALT$HASH</c> with salt and hash in base64 (PBKDF2, RFC 8018 §5.2). Prints
/// without them.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class PasswordHash : IEquatable<PasswordHash>
{
    /// <summary>What OWASP's password storage cheat sheet asks of PBKDF2 with SHA-256.</summary>
    public const int DefaultIterations = 600_000;

    /// <summary>Fewer protect nobody; more keep the gateway busier than its attacker.</summary>
    public const int LeastIterations = 1_000, MostIterations = 10_000_000;

    private const string Scheme = "pbkdf2-sha256";
    private const int SaltLength = 16, HashLength = 32;

    private readonly byte[] _salt, _hash;

    public bool Equals(PasswordHash? other) =>
        other is not null && Iterations == other.Iterations && _salt.AsSpan().SequenceEqual(other._salt) && CryptographicOperations.FixedTimeEquals(_hash, other._hash);

    public override bool Equals(object? obj) => Equals(obj as PasswordHash);

    public override int GetHashCode() => HashCode.Combine(Iterations, BitConverter.ToInt32(_salt));

    private PasswordHash(int iterations, byte[] salt, byte[] hash) => (Iterations, _salt, _hash) = (iterations, salt, hash);

    public int Iterations { get; }

    /// <summary>Takes a while: a fifth of a second of CPU with the default iterations.</summary>
    public static PasswordHash Create(ReadOnlySpan<byte> password, int iterations = DefaultIterations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, LeastIterations);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, MostIterations);
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return new(iterations, salt, Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, HashLength));
    }

    /// <summary>A hash that no password has, as costly to compare with as a real one.</summary>
    internal static PasswordHash OfNobody(int iterations) =>
        new(iterations, RandomNumberGenerator.GetBytes(SaltLength), RandomNumberGenerator.GetBytes(HashLength));

    public static bool TryParse(string text, [NotNullWhen(true)] out PasswordHash? hash)
    {
        hash = null;
        if (text.Split('$') is not [Scheme, var iterationText, var saltText, var hashText])
            return false;
        if (!int.TryParse(iterationText, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations))
            return false;
        byte[] salt = new byte[64], digest = new byte[HashLength];
        if (iterations is < LeastIterations or > MostIterations
            || !Convert.TryFromBase64String(saltText, salt, out var saltLength) || saltLength < 8
            || !Convert.TryFromBase64String(hashText, digest, out var hashLength) || hashLength != HashLength)
            return false;
        hash = new(iterations, salt[..saltLength], digest);
        return true;
    }

    /// <summary>Takes as long as <see cref="Create"/>, whether it matches or not: never call it on a loop.</summary>
    /// <remarks>HMAC fills a short key up with zeros (RFC 2104 §2), so a password has the hash of the same one with zeros behind it.</remarks>
    public bool Matches(ReadOnlySpan<byte> password)
    {
        Span<byte> computed = stackalloc byte[HashLength];
        Rfc2898DeriveBytes.Pbkdf2(password, _salt, computed, Iterations, HashAlgorithmName.SHA256);
        return CryptographicOperations.FixedTimeEquals(computed, _hash) && !password.EndsWith((byte)0);
    }

    /// <summary>For the settings file, and nowhere else.</summary>
    public string Reveal() => $"{Scheme}${Iterations}${Convert.ToBase64String(_salt)}${Convert.ToBase64String(_hash)}";

    public override string ToString() => $"{Scheme}${Iterations}$***";
}
