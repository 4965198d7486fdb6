using Gateway.Protocol;

namespace SocksLib.Tests;

/// <summary>Offers nothing but user and password, as members of a cluster do.</summary>
internal sealed class OnlyPassword(string username, string password) : HopLogin
{
    public override ReadOnlySpan<byte> Methods => [(byte)AuthMethod.Password];

    public override PasswordRequest Authenticate(in SocksRequest request) => new(username, password);
}
