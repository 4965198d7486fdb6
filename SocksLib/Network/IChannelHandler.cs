namespace SocksLib;

/// <summary>Hears what happens on a channel.</summary>
public interface IChannelHandler
{
    /// <summary><see cref="IChannel.Unread"/> has grown.</summary>
    void OnReadable(IChannel channel);

    /// <summary>The other side has finished or is gone; all that it sent has been shown.</summary>
    /// <param name="cause">For logs: <c>closed</c>, <c>Connection reset by peer</c>.</param>
    void OnEnded(IChannel channel, string cause);
}
