using Gateway.Protocol;

namespace Gateway.Transport;

/// <summary>
/// One dial. For a name, RFC 8305:
/// <code>
///   ask AAAA and A ──▶ the preferred family has answered, or the other one 50 ms ago
///                          │
///                          ▼
///   try the next address ──▶ connected: the others are closed
///      ▲                │
///      └── 250 ms later, or at once when no attempt is left under way
/// </code>
/// An address is the same race with one runner. Every event leads to <see cref="Step"/>, which does what the time allows and sets the
/// timer for what it does not.
/// </summary>
public sealed class Dial : ILegOwner, IResolveHandler, IThreadPoolWorkItem
{
    private const long Never = long.MaxValue;

    private readonly Dialer _dialer;
    private readonly IDialHandler _handler;
    private readonly DialTarget _target;
    private readonly long _deadline;
    private readonly List<Attempt> _running = new(1);
    private readonly AddressQueue _untried;
    private readonly Timer _timer;
    private ResolveQuery? _askedV4, _askedV6;
    private DialFailure? _failure;
    private long _mayStart, _nextAttempt;
    private int _attempts;
    private bool _beginning, _ended;

    internal Dial(Dialer dialer, in DialTarget target, IDialHandler handler)
    {
        (_dialer, _target, _handler) = (dialer, target, handler);
        _deadline = After(target.Timeout);
        _timer = new Timer(this);
        _untried = new AddressQueue(target.Over, AddressOrder.KernelSource);
    }

    private readonly record struct Attempt(Connection Connection, long Deadline);

    private Loop Loop => _dialer.Loop;

    /// <summary>Closes whatever is open; the handler hears nothing more. Harmless after the result.</summary>
    public void Cancel()
    {
        _ended = true;
        _timer.Cancel();
        _askedV4?.Cancel();
        _askedV6?.Cancel();
        foreach (var attempt in _running)
            attempt.Connection.Abort();
        _running.Clear();
    }

    internal void Begin()
    {
        _beginning = true;
        if (_target.Name is null && MayTry(_target.Endpoint))
            _untried.Add(_target.Endpoint);
        else if (_target.Name is not null)
        {
            _mayStart = Never;
            _askedV6 = Ask(IpFamily.V6);
            _askedV4 = Ask(IpFamily.V4);
        }
        Step();
        _beginning = false;
    }

    void IResolveHandler.OnResolved(ResolveQuery query, ResolveResult result)
    {
        var family = query == _askedV4 ? IpFamily.V4 : IpFamily.V6;
        _askedV4 = family == IpFamily.V4 ? null : _askedV4;
        _askedV6 = family == IpFamily.V6 ? null : _askedV6;
        if (result.Addresses.Count > 0)
            _untried.Add([.. result.Addresses.Select(address => address.WithPort(_target.Port)).Where(address => MayTry(address))]);
        else
        {
            var isAnswer = result.Status is ResolveStatus.Found or ResolveStatus.NotFound;
            Note(new DialFailure(isAnswer ? DialFailureKind.NameNotFound : DialFailureKind.NameUnavailable, DialPhase.Resolve));
        }
        var preferred = _target.Over == FamilyWish.PreferIpv4 ? IpFamily.V4 : IpFamily.V6;
        _mayStart = family == preferred || (_askedV4 ?? _askedV6) is null ? 0 : After(_dialer.Options.ResolutionDelay);
        Step();
    }

    void ILegOwner.OnReady(Leg leg, int errno)
    {
        if (errno != 0)
        {
            Drop(IndexOf(leg), errno);
            Step();
        }
        else if (leg.IsWritable)
            Win((Connection)leg);
    }

    void ILegOwner.OnLost(Leg leg) => Cancel();

    void IThreadPoolWorkItem.Execute()
    {
        if (!_ended)
            Fail();
    }

    private ResolveQuery? Ask(IpFamily family)
    {
        if (!_target.Over.Allows(family) || !_dialer.Options.Egress.Has(family))
        {
            Note(new DialFailure(DialFailureKind.FamilyUnavailable, DialPhase.Resolve));
            return null;
        }
        return _dialer.Resolver.Lookup(Loop, _target.Name!, family, this, _target.Client ?? default);
    }

    /// <summary>Whether an address may be used, and so takes part in the race.</summary>
    private bool MayTry(in IpEndpoint endpoint)
    {
        if (!_target.Over.Allows(endpoint.Family))
            Note(new DialFailure(DialFailureKind.FamilyUnavailable, DialPhase.Judge, endpoint));
        else if (_target.Judge?.Invoke(endpoint) == false)
            Note(new DialFailure(DialFailureKind.NotAllowed, DialPhase.Judge, endpoint));
        else
            return true;
        return false;
    }

    private void Step()
    {
        if (_ended)
            return;
        var now = Loop.Milliseconds;
        for (var i = _running.Count - 1; i >= 0; i--)
        {
            if (_running[i].Deadline <= now || _deadline <= now)
                Drop(i, Linux.Errno.ETIMEDOUT);
        }
        if (_deadline <= now)
        {
            Note(new DialFailure(DialFailureKind.TimedOut, _attempts == 0 ? DialPhase.Resolve : DialPhase.Connect));
            Finish();
            return;
        }
        while (!_untried.IsEmpty && _mayStart <= now && (_running.Count == 0 || _nextAttempt <= now))
            StartAttempt(_untried.Take());
        if (_running.Count == 0 && _untried.IsEmpty && _askedV4 is null && _askedV6 is null)
            Finish();
        else
            SetTimer(now);
    }

    private void StartAttempt(in IpEndpoint endpoint)
    {
        _attempts++;
        var errno = _dialer.Attempt(endpoint, _target.Client, this, out var connection);
        if (connection is null)
        {
            Note(new DialFailure(DialFailure.KindOf(errno), DialPhase.Connect, endpoint, errno));
            return;
        }
        _running.Add(new Attempt(connection, After(_dialer.Options.AttemptTimeout)));
        _nextAttempt = After(_dialer.Options.AttemptDelay);
    }

    private void SetTimer(long now)
    {
        var next = _deadline;
        foreach (var attempt in _running)
            next = Math.Min(next, attempt.Deadline);
        if (!_untried.IsEmpty)
            next = Math.Min(next, Math.Max(_mayStart, _running.Count == 0 ? 0 : _nextAttempt));
        if (next != Never)
            Loop.Schedule(_timer, TimeSpan.FromMilliseconds(next - now));
    }

    private int IndexOf(Leg leg)
    {
        var index = 0;
        while (_running[index].Connection != leg)
            index++;
        return index;
    }

    private void Drop(int index, int errno)
    {
        var connection = _running[index].Connection;
        _running.RemoveAt(index);
        connection.Abort();
        Note(new DialFailure(DialFailure.KindOf(errno), DialPhase.Connect, connection.Peer, errno));
    }

    private void Win(Connection connection)
    {
        _running.RemoveAt(IndexOf(connection));
        Cancel();
        connection.Release();
        _handler.OnConnected(this, connection, _attempts);
    }

    /// <summary>Keeps the failure that says most about the target.</summary>
    private void Note(in DialFailure failure)
    {
        if (_failure is not { } known || failure.Weight > known.Weight)
            _failure = failure;
    }

    private void Finish()
    {
        if (_beginning)
            Loop.Post(this);
        else
            Fail();
    }

    private void Fail()
    {
        Cancel();
        _handler.OnDialFailed(this, _failure!.Value with { Attempts = _attempts });
    }

    private long After(TimeSpan? delay) => delay is { } time ? Loop.Milliseconds + (long)time.TotalMilliseconds : Never;

    private sealed class Timer(Dial dial) : LoopTimer
    {
        protected internal override void OnDue() => dial.Step();
    }
}
