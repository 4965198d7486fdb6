using Gateway.Transport.Linux;

namespace Gateway.Transport;

/// <summary>
/// Joins two legs and moves octets both ways until both sides have finished or one fails. Loop's thread only.
/// <code>
///             ┌──────────── toTarget ───────────▶
///   client ───┤                                 ├─── target
///             ◀──────────── toClient ───────────┘
/// </code>
/// 1. A leg is ready: both flows move what they can (<see cref="RelayFlow"/>).
/// 2. A side's FIN is passed on when all before it was delivered; the other direction goes on, without a time limit of its own.
/// 3. When both have finished, both sockets are closed. When one leaves or fails, the other is reset, as it would be without a relay.
/// 4. The observer hears of it, once.
/// </summary>
public sealed class Relay : ILegOwner, IThreadPoolWorkItem
{
    private readonly Leg _client, _target;
    private readonly IRelayObserver _observer;
    private readonly long _started;
    private readonly IdleLimit? _idle;
    private RelayFlow _toTarget, _toClient;
    private RelaySide _firstToEnd;
    private bool _posted, _ended;

    private Relay(Leg client, Leg target, IRelayObserver observer, RelayOptions options)
    {
        (_client, _target, _observer, _started) = (client, target, observer, client.Loop.Milliseconds);
        if (options.IdleTimeout is { } limit)
            _idle = new IdleLimit(this, limit);
    }

    /// <summary>Octets that the target's socket took so far.</summary>
    public long ClientToTarget => _toTarget.Delivered;

    /// <summary>Octets that the client's socket took so far.</summary>
    public long TargetToClient => _toClient.Delivered;

    /// <summary>The observer has heard of it.</summary>
    public bool HasEnded => _ended;

    private Loop Loop => _client.Loop;

    /// <summary>
    /// Takes over both legs, with what they have received and not shown and what they have yet to send. The first octets move after the
    /// present callback.
    /// </summary>
    /// <exception cref="ArgumentException">The legs live on different loops.</exception>
    public static Relay Start(Leg client, Leg target, IRelayObserver observer, RelayOptions? options = null)
    {
        if (client.Loop != target.Loop)
            throw new ArgumentException("Both legs of a relay live on one loop.");
        var relay = new Relay(client, target, observer, options ?? RelayOptions.Default);
        client.Attach(relay);
        target.Attach(relay);
        relay.Post();
        return relay;
    }

    /// <summary>Resets both sides; the observer hears of it before this returns. Harmless after the end.</summary>
    public void Abort() => End(RelayEnd.Aborted, 0);

    void ILegOwner.OnReady(Leg leg, int errno)
    {
        if (errno == 0)
            Pump();
        else
            Fail(leg == _client ? RelaySide.Client : RelaySide.Target, errno);
    }

    void ILegOwner.OnLost(Leg leg) => Abort();

    void IThreadPoolWorkItem.Execute()
    {
        _posted = false;
        Pump();
    }

    private void Pump()
    {
        if (_ended)
            return;
        var (toTarget, toClient) = (ClientToTarget, TargetToClient);
        Advance(ref _toTarget, _client, _target, RelaySide.Client);
        if (!_ended)
            Advance(ref _toClient, _target, _client, RelaySide.Target);
        (toTarget, toClient) = (ClientToTarget - toTarget, TargetToClient - toClient);
        Loop.CountRelayed(toTarget, toClient);
        if (_idle is not null && toTarget + toClient > 0)
            _idle.LastMoved = Loop.Milliseconds;
    }

    private void Advance(ref RelayFlow flow, Leg source, Leg destination, RelaySide side)
    {
        if (flow.State == FlowState.Finished)
            return;
        switch (flow.Pump(source, destination))
        {
            case FlowState.Yielded:
                Post();
                break;
            case FlowState.Finished when _firstToEnd == RelaySide.None:
                _firstToEnd = side;
                destination.ShutdownWrite();
                break;
            case FlowState.Finished:
                End(RelayEnd.Completed, 0);
                break;
            case FlowState.SourceFailed:
                Fail(side, flow.Errno);
                break;
            case FlowState.DestinationFailed:
                Fail(side == RelaySide.Client ? RelaySide.Target : RelaySide.Client, flow.Errno);
                break;
        }
    }

    private void Post()
    {
        if (_posted)
            return;
        _posted = true;
        Loop.Post(this);
    }

    private void Fail(RelaySide side, int errno) =>
        End(errno is Errno.ECONNRESET or Errno.EPIPE ? RelayEnd.Left : RelayEnd.Failed, errno, side);

    private void End(RelayEnd end, int errno, RelaySide broken = RelaySide.None)
    {
        if (_ended)
            return;
        _ended = true;
        _idle?.Cancel();
        _toTarget.Drop(Loop.Pipes);
        _toClient.Drop(Loop.Pipes);
        if (end == RelayEnd.Completed)
        {
            _client.Close();
            _target.Close();
        }
        else
        {
            _client.Abort();
            _target.Abort();
        }
        var duration = TimeSpan.FromMilliseconds(Loop.Milliseconds - _started);
        _observer.OnRelayEnded(this, new RelayOutcome(ClientToTarget, TargetToClient, end, _firstToEnd, broken, errno, duration));
    }

    /// <summary>Looks, when its time comes, whether anything has moved meanwhile; moving octets only notes the time.</summary>
    private sealed class IdleLimit : LoopTimer
    {
        private readonly Relay _relay;
        private readonly long _limit;

        public IdleLimit(Relay relay, TimeSpan limit)
        {
            (_relay, _limit, LastMoved) = (relay, (long)limit.TotalMilliseconds, relay.Loop.Milliseconds);
            relay.Loop.Schedule(this, limit);
        }

        public long LastMoved { get; set; }

        protected internal override void OnDue()
        {
            var left = LastMoved + _limit - _relay.Loop.Milliseconds;
            if (left > 0)
                _relay.Loop.Schedule(this, TimeSpan.FromMilliseconds(left));
            else
                _relay.End(RelayEnd.Idle, 0);
        }
    }
}
