using System.Diagnostics.CodeAnalysis;

namespace Gateway.Protocol;

/// <summary>RFC 1929 §2. The password is never printed.
/// <code>
/// +----+------+----------+------+----------+
/// |VER | ULEN |  UNAME   | PLEN |  PASSWD  |
/// +----+------+----------+------+----------+
/// | 1  |  1   | 1 to 255 |  1   | 1 to 255 |
/// +----+------+----------+------+----------+
/// </code></summary>
public readonly struct PasswordRequest(CountedOctets username, CountedOctets password)
    : ISocksMessage<PasswordRequest>, IEquatable<PasswordRequest>
{
    /// <summary>Of the sub-negotiation, not of SOCKS.</summary>
    public const byte Version = 0x01;
    public const int MaxLength = 1 + 2 * (1 + CountedOctets.MaxCount);

    private readonly CountedOctets _username = username;
    private readonly CountedOctets _password = password;

    public PasswordRequest(string username, string password) : this(new CountedOctets(username), new CountedOctets(password)) { }

    public int Length => 1 + _username.WireLength + _password.WireLength;

    /// <summary>A view into this value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Username => _username.Span;

    /// <summary>A view into this value; compare it in constant time.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Password => _password.Span;

    public static ReadStatus Read(ReadOnlySpan<byte> buffer, out PasswordRequest request, out int consumed)
    {
        request = default;
        consumed = 0;
        if (buffer.Length > 0 && buffer[0] != Version) return ReadStatus.WrongVersion;
        if (buffer.Length < 2) return ReadStatus.Incomplete;
        if (buffer[1] == 0) return ReadStatus.EmptyCredential;
        if (!CountedOctets.TryRead(buffer[1..], out var username)) return ReadStatus.Incomplete;

        var rest = buffer[(1 + username.WireLength)..];
        if (rest.Length > 0 && rest[0] == 0) return ReadStatus.EmptyCredential;
        if (!CountedOctets.TryRead(rest, out var password)) return ReadStatus.Incomplete;

        request = new PasswordRequest(username, password);
        consumed = request.Length;
        return ReadStatus.Complete;
    }

    public int Write(Span<byte> destination)
    {
        destination[0] = Version;
        var length = 1 + _username.Write(destination[1..]);
        return length + _password.Write(destination[length..]);
    }

    /// <summary><c>01 01</c>: refused.</summary>
    public static ReadOnlyMemory<byte> Owed(ReadStatus violation) => PasswordReply.Refused.ToBytes();

    public bool Equals(PasswordRequest other) => _username == other._username && _password == other._password;
    public override bool Equals(object? obj) => obj is PasswordRequest other && Equals(other);
    public override int GetHashCode() => _username.GetHashCode();
    public static bool operator ==(PasswordRequest left, PasswordRequest right) => left.Equals(right);
    public static bool operator !=(PasswordRequest left, PasswordRequest right) => !left.Equals(right);

    /// <summary>The user name alone.</summary>
    public override string ToString() => $"PasswordRequest {{ Username = {_username} }}";
}
