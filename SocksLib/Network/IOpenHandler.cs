using Gateway.Protocol;

namespace SocksLib;

/// <summary>Hears how the opening of a channel ended.</summary>
public interface IOpenHandler
{
    void OnOpened(IChannel channel);

    /// <param name="code">What a client is owed for it (RFC 1928 §6).</param>
    /// <param name="cause">For logs: <c>connect [2001:db8::1]:1080: Connection refused</c>.</param>
    void OnOpenFailed(ReplyCode code, string cause);
}
