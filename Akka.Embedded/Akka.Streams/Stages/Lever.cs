namespace Akka.Streams.Stages;

/// <summary>
/// What a kill switch and its stages have in common: it is thrown once, and tells everybody who registers, then or later.
/// </summary>
internal sealed class Lever
{
    private readonly Lock _gate = new();
    private readonly HashSet<Registration> _registered = [];
    private bool _isThrown;
    private Exception? _cause;

    public void Throw(Exception? cause)
    {
        Registration[] registered;
        lock (_gate)
        {
            if (_isThrown) return;
            (_isThrown, _cause) = (true, cause);
            registered = [.. _registered];
        }
        foreach (var registration in registered) registration.Thrown(cause);
    }

    public IDisposable Register(Action<Exception?> thrown)
    {
        var registration = new Registration(this, thrown);
        lock (_gate)
        {
            _registered.Add(registration);
            if (!_isThrown) return registration;
        }
        thrown(_cause);
        return registration;
    }

    private sealed class Registration(Lever lever, Action<Exception?> thrown) : IDisposable
    {
        public Action<Exception?> Thrown => thrown;

        public void Dispose()
        {
            lock (lever._gate) lever._registered.Remove(this);
        }
    }
}
