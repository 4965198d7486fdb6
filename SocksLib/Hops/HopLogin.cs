using Gateway.Protocol;

namespace SocksLib;

/// <summary>How a hop learns who asks: not at all, by user and password, or by what members of a cluster prove to each other.</summary>
public abstract class HopLogin
{
    /// <summary>No authentication (method 00).</summary>
    public static HopLogin None { get; } = new Nobody();

    /// <summary>User and password (RFC 1929). A server that asks for none is taken at its word.</summary>
    public static HopLogin Password(string username, string password) =>
        new NameAndPassword(username, password, [(byte)AuthMethod.NoAuthentication, (byte)AuthMethod.Password]);

    /// <summary>
    /// User and password, and nothing else is offered: a server that takes one flight need not be waited for to choose. One that takes no
    /// passwords cannot be used.
    /// </summary>
    public static HopLogin PasswordOnly(string username, string password) => new NameAndPassword(username, password, [(byte)AuthMethod.Password]);

    /// <summary>The methods that the greeting offers, the preferred first (RFC 1928 §3).</summary>
    public abstract ReadOnlySpan<byte> Methods { get; }

    /// <summary>The RFC 1929 message ahead of <paramref name="request"/>.</summary>
    /// <exception cref="InvalidOperationException">The login offers no method 02.</exception>
    public abstract PasswordRequest Authenticate(in SocksRequest request);

    private sealed class Nobody : HopLogin
    {
        public override ReadOnlySpan<byte> Methods => [(byte)AuthMethod.NoAuthentication];

        public override PasswordRequest Authenticate(in SocksRequest request) => throw new InvalidOperationException("nobody logs in");
    }

    private sealed class NameAndPassword(string username, string password, byte[] methods) : HopLogin
    {
        private readonly PasswordRequest _login = new(username, password);

        public override ReadOnlySpan<byte> Methods => methods;

        public override PasswordRequest Authenticate(in SocksRequest request) => _login;
    }
}
