using System.Diagnostics;
using Gateway.Actors.Sessions;
using Gateway.Transport;

namespace Gateway.Actors.Status;

/// <summary>What one loop's sessions tell of themselves, and what is asked of the loop about them. Any thread; the answers are made on the loop.</summary>
/// <param name="loop">Whose sessions.</param>
/// <param name="loops">How many loops there are.</param>
/// <param name="events">Hears of failures.</param>
internal sealed class LoopStatus(Loop loop, int loops, GatewayEvents events)
{
    private readonly LegFlows _endedFlows = new();
    private Action<SessionRecord>? _ended;

    /// <summary>Loop's thread only.</summary>
    public SessionRegister Register { get; } = new();

    /// <summary>Loop's thread only.</summary>
    public SessionCounters Counters { get; } = new(loop.Index, loops);

    /// <summary>Loop's thread only.</summary>
    public FailureNews FailureNews { get; } = new(loop, events);

    /// <summary>The first <paramref name="limit"/> sessions behind <paramref name="after"/> that match, and how many match in all.</summary>
    public async Task<SessionPage> FindAsync(SessionFilter filter, long after, int limit)
    {
        List<SessionView> found = [];
        var matched = 0;
        await SessionWalk.StartAsync(loop, Register, session =>
        {
            if (!filter.Matches(session))
                return;
            matched++;
            if (session.Number > after && found.Count <= limit)
                found.Add(session.View());
        }, static () => { }).ConfigureAwait(false);
        return new(found, matched, null);
    }

    /// <summary>The session with that number; null when there is none here.</summary>
    public async Task<SessionView?> FindAsync(long number)
    {
        SessionView? found = null;
        await WithAsync(number, session => found = session.View()).ConfigureAwait(false);
        return found;
    }

    /// <summary>False when there is no such session here.</summary>
    public Task<bool> EndAsync(long number, string reason) => WithAsync(number, session => session.End(reason));

    public async Task<NodeCounts> CountAsync()
    {
        var counts = new NodeCounts();
        var asked = Stopwatch.GetTimestamp();
        loop.Post(() => counts.Lags = [Stopwatch.GetElapsedTime(asked)]);
        await SessionWalk.StartAsync(loop, Register, session =>
        {
            session.SettleCounters();
            counts.Count(session.Phase);
        }, () =>
        {
            Counters.WriteTo(counts);
            (counts.OctetsToTarget, counts.OctetsToClient) = (loop.Counters.RelayedToTarget, loop.Counters.RelayedToClient);
        }).ConfigureAwait(false);
        return counts;
    }

    /// <summary>What goes over each leg, by live sessions and by those that have ended.</summary>
    public async Task<LegFlows> FlowsAsync()
    {
        var flows = new LegFlows();
        var seen = 0L;
        loop.Post(() =>
        {
            flows.Add(_endedFlows);
            _ended += CountLate;
        });
        try
        {
            await SessionWalk.StartAsync(loop, Register, session =>
            {
                seen = session.Number;
                flows.CountLive(events.Node, session);
            }, () => _ended -= CountLate).ConfigureAwait(false);
        }
        catch
        {
            loop.Post(() => _ended -= CountLate);
            throw;
        }
        return flows;

        // It ended while the walk was on its way to it; what the walk had passed before is counted as live.
        void CountLate(SessionRecord session)
        {
            if (session.Id > seen)
                flows.CountEnded(events.Node, session);
        }
    }

    /// <summary>A session has ended and left the register. Loop's thread only.</summary>
    public void CountEnded(SessionRecord session)
    {
        _endedFlows.CountEnded(events.Node, session);
        _ended?.Invoke(session);
    }

    private async Task<bool> WithAsync(long number, Action<ILiveSession> action)
    {
        var found = false;
        await SessionWalk.StartAsync(loop, Register, session =>
        {
            if (session.Number != number)
                return;
            found = true;
            action(session);
        }, static () => { }).ConfigureAwait(false);
        return found;
    }
}
