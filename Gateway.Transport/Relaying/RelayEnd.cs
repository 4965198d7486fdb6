namespace Gateway.Transport;

/// <summary>How a relay ended.</summary>
public enum RelayEnd : byte
{
    /// <summary>Both sides finished, everything was delivered.</summary>
    Completed,
    /// <summary>One side closed or reset its connection before all was delivered, as programs do that are ended; the other was reset.</summary>
    Left,
    /// <summary>One side vanished, or the system failed; the other was reset.</summary>
    Failed,
    /// <summary>Nothing moved for the idle timeout.</summary>
    Idle,
    /// <summary><see cref="Relay.Abort"/>, or the loop stopped.</summary>
    Aborted,
}
