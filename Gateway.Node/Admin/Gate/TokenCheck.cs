using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gateway.Actors.Settings;

namespace Gateway.Node.Admin.Gate;

/// <summary>
/// The token of the settings, and the cookies that a login gives in its place: <c>EXPIRY.SEAL</c>, sealed with a key made of the token. So
/// a cookie is good at every gateway with that token, and none when the token changes; the gateway remembers nothing.
/// </summary>
internal sealed class TokenCheck(Secret token, TimeProvider time)
{
    /// <summary>A working day.</summary>
    public static readonly TimeSpan CookieLife = TimeSpan.FromHours(12);

    private readonly byte[] _hash = SHA256.HashData(Encoding.UTF8.GetBytes(token.Reveal()));
    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(token.Reveal()), 32, info: "socks64 admin cookie v1"u8.ToArray());

    /// <summary>Takes the same time for whatever is offered.</summary>
    public bool IsToken(string offered) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(offered)), _hash);

    public string NewCookie()
    {
        var expiry = (time.GetUtcNow() + CookieLife).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{expiry}.{Seal(expiry)}";
    }

    public bool IsCookie(string cookie) =>
        cookie.Split('.') is [var expiry, var seal]
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(seal), Encoding.UTF8.GetBytes(Seal(expiry)))
        && long.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var end)
        && time.GetUtcNow().ToUnixTimeSeconds() < end;

    private string Seal(string expiry) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(expiry)));
}
