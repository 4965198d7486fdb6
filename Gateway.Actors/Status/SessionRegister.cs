namespace Gateway.Actors.Status;

/// <summary>
/// The live sessions of one loop, oldest first: a list whose nodes are the sessions, so that entering and leaving cost a few pointer
/// writes. Loop's thread only.
/// </summary>
internal sealed class SessionRegister
{
    private readonly List<SessionWalk> _walks = [];
    private ILiveSession? _last;

    public ILiveSession? First { get; private set; }

    public int Count { get; private set; }

    public void Add(ILiveSession session)
    {
        session.Previous = _last;
        if (_last is null)
            First = session;
        else
            _last.Next = session;
        _last = session;
        Count++;
    }

    public void Remove(ILiveSession session)
    {
        foreach (var walk in _walks)
            walk.Leaving(session);
        if (session.Previous is { } previous)
            previous.Next = session.Next;
        else
            First = session.Next;
        if (session.Next is { } next)
            next.Previous = session.Previous;
        else
            _last = session.Previous;
        session.Next = session.Previous = null;
        Count--;
    }

    /// <summary>From now on <paramref name="walk"/> hears of every session that leaves.</summary>
    public void Enter(SessionWalk walk) => _walks.Add(walk);

    public void Leave(SessionWalk walk) => _walks.Remove(walk);
}
