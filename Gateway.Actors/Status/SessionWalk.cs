using System.Diagnostics;
using Gateway.Transport;

namespace Gateway.Actors.Status;

/// <summary>
/// Visits all sessions of a loop in portions, and lets the loop serve its sockets between two of them: however many there are, none of
/// them waits for long. Sessions that begin meanwhile are visited too, those that end are not.
/// </summary>
internal sealed class SessionWalk : LoopTimer
{
    /// <summary>For so long the sockets of the loop wait, once a millisecond at most.</summary>
    private static readonly TimeSpan Portion = TimeSpan.FromMicroseconds(100);

    /// <summary>Visited without a look at the clock.</summary>
    private const int Handful = 64;

    private readonly Loop _loop;
    private readonly SessionRegister _register;
    private readonly Action<ILiveSession> _visit;
    private readonly Action _finished;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ILiveSession? _next;

    private SessionWalk(Loop loop, SessionRegister register, Action<ILiveSession> visit, Action finished) =>
        (_loop, _register, _visit, _finished) = (loop, register, visit, finished);

    /// <summary>Begins on the loop. Any thread.</summary>
    /// <param name="visit">Called on the loop for each session.</param>
    /// <param name="finished">Called on the loop behind the last one.</param>
    public static Task StartAsync(Loop loop, SessionRegister register, Action<ILiveSession> visit, Action finished)
    {
        var walk = new SessionWalk(loop, register, visit, finished);
        loop.Post(walk.Begin);
        return walk._done.Task;
    }

    /// <summary>A session leaves the register.</summary>
    public void Leaving(ILiveSession session)
    {
        if (_next == session)
            _next = session.Next;
    }

    protected override void OnDue()
    {
        try
        {
            var began = Stopwatch.GetTimestamp();
            do
            {
                for (var left = Handful; left > 0 && _next is { } session; left--)
                {
                    _next = session.Next;
                    _visit(session);
                }
            }
            while (_next is not null && Stopwatch.GetElapsedTime(began) < Portion);
            if (_next is null)
                End();
            else
                _loop.Schedule(this, TimeSpan.Zero);
        }
        catch (Exception failure)
        {
            _register.Leave(this);
            _done.TrySetException(failure);
        }
    }

    private void Begin()
    {
        _next = _register.First;
        _register.Enter(this);
        OnDue();
    }

    private void End()
    {
        _finished();
        _register.Leave(this);
        _done.SetResult();
    }
}
