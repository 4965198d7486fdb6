using Gateway.Protocol;

namespace SocksLib;

/// <summary>
/// Asks a server for no more than its answer to a greeting (RFC 1928 §3), to see whether it is there. Any choice of method counts: also one
/// that refuses shows that the server is alive.
/// </summary>
public sealed class GreetingProbe : IPending, IOpenHandler, IChannelHandler
{
    private readonly INetwork _network;
    private readonly Action<LegOutcome, TimeSpan> _done;
    private readonly long _started;
    private IPending? _opening;
    private IPending? _deadline;
    private IChannel? _channel;
    private bool _isOver;

    private GreetingProbe(INetwork network, Action<LegOutcome, TimeSpan> done) => (_network, _done, _started) = (network, done, network.Milliseconds);

    /// <summary>No authentication, or user and password.</summary>
    private static ReadOnlySpan<byte> Greeting => [MethodOffer.Version, 2, (byte)AuthMethod.NoAuthentication, (byte)AuthMethod.Password];

    /// <summary>Begins to connect.</summary>
    /// <param name="network">Where; the probe lives on its thread.</param>
    /// <param name="server">A literal or a name.</param>
    /// <param name="over">The families that may lead to it.</param>
    /// <param name="patience">For all of it.</param>
    /// <param name="done">Told once, unless the probe is cancelled: alive or failed, and how long it took.</param>
    public static GreetingProbe Start(INetwork network, in SocksEndpoint server, FamilyWish over, TimeSpan patience, Action<LegOutcome, TimeSpan> done)
    {
        var probe = new GreetingProbe(network, done);
        probe._deadline = network.Schedule(patience, () => probe.Finish(LegOutcome.Failed));
        probe._opening = network.Open(server, over, probe);
        return probe;
    }

    public void Cancel()
    {
        _isOver = true;
        _deadline?.Cancel();
        _opening?.Cancel();
        _channel?.Abort();
    }

    void IOpenHandler.OnOpened(IChannel channel)
    {
        _channel = channel;
        channel.Handler = this;
        if (!channel.Send(Greeting))
            Finish(LegOutcome.Failed);
    }

    void IOpenHandler.OnOpenFailed(ReplyCode code, string cause) => Finish(LegOutcome.Failed);

    void IChannelHandler.OnReadable(IChannel channel)
    {
        if (channel.Unread.Length >= 2)
            Finish(channel.Unread[0] == MethodOffer.Version ? LegOutcome.Alive : LegOutcome.Failed);
    }

    void IChannelHandler.OnEnded(IChannel channel, string cause) => Finish(LegOutcome.Failed);

    private void Finish(LegOutcome outcome)
    {
        if (_isOver)
            return;
        Cancel();
        _done(outcome, TimeSpan.FromMilliseconds(_network.Milliseconds - _started));
    }
}
