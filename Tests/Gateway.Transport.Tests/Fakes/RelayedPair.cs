using System.Net.Sockets;

namespace Gateway.Transport.Tests;

/// <summary>A relay on a loop between a client's and a target's blocking socket.</summary>
internal sealed class RelayedPair : IRelayObserver, IDisposable
{
    private readonly Mailbox<RelayOutcome> _outcomes = new();
    private readonly TcpPair _client, _target;

    private RelayedPair(TcpPair client, TcpPair target) => (_client, _target) = (client, target);

    public Socket Client => _client.Peer;

    public Socket Target => _target.Peer;

    public Relay Relay { get; private set; } = null!;

    public static async Task<RelayedPair> Open(TestLoop loop, RelayOptions? options = null, Action<TcpPair, TcpPair>? before = null)
    {
        var pair = new RelayedPair(await TcpPair.Open(loop), await TcpPair.Open(loop));
        pair.Relay = await loop.On(() =>
        {
            before?.Invoke(pair._client, pair._target);
            return Relay.Start(pair._client.Connection, pair._target.Connection, pair, options);
        });
        return pair;
    }

    public Task<RelayOutcome> Outcome() => _outcomes.Next();

    public bool HasEnded => !_outcomes.IsEmpty;

    public void OnRelayEnded(Relay relay, in RelayOutcome outcome) => _outcomes.Put(outcome);

    public void Dispose()
    {
        Client.Dispose();
        Target.Dispose();
    }
}
