using Gateway.Protocol;

namespace SocksLib;

/// <summary>
/// An ordered channel of octets to a server, as far as a handshake needs it. Octets that are not consumed are kept and shown again
/// together with later ones; whoever takes the channel over after the handshake finds them there.
/// </summary>
public interface IChannel
{
    /// <summary>This end.</summary>
    LiteralEndpoint Local { get; }

    /// <summary>The other end of the TCP connection: the first hop.</summary>
    LiteralEndpoint Peer { get; }

    /// <summary>Received and not yet consumed. Valid until <see cref="Consume"/> is called or the handler returns.</summary>
    ReadOnlySpan<byte> Unread { get; }

    /// <summary>Who hears of the channel; setting it shows the handler what is unread. Null while nobody listens.</summary>
    IChannelHandler? Handler { get; set; }

    /// <summary>Forgets the first <paramref name="count"/> unread octets.</summary>
    void Consume(int count);

    /// <summary>Sends, or keeps what does not leave at once. False when the channel has ended.</summary>
    bool Send(ReadOnlySpan<byte> octets);

    /// <summary>Closes at once. The handler hears nothing more.</summary>
    void Abort();
}
