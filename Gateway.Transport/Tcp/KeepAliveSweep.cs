namespace Gateway.Transport;

/// <summary>
/// Turns keepalive on for outgoing connections that have lived for a while. Most connections are short, and the three options cost a tenth
/// of what else the kernel is asked for during a setup; accepted connections inherit theirs from the listening socket for nothing.
/// </summary>
/// <param name="loop">Whose connections.</param>
/// <param name="keepAlive">What they get.</param>
internal sealed class KeepAliveSweep(Loop loop, KeepAlive keepAlive) : LoopTimer
{
    /// <summary>A connection is noticed at one sweep and gets its keepalive at the next.</summary>
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    private int _waiting;

    /// <summary>A connection without keepalive has come.</summary>
    public void Enter()
    {
        _waiting++;
        if (!IsScheduled && keepAlive.IsOn)
            loop.Schedule(this, s_interval);
    }

    /// <summary>A connection that never got its keepalive is gone.</summary>
    public void Leave() => _waiting--;

    protected internal override void OnDue()
    {
        foreach (var connection in loop.Connections)
            _waiting -= connection.AgeForKeepAlive(keepAlive) ? 1 : 0;
        if (_waiting > 0)
            loop.Schedule(this, s_interval);
    }
}
