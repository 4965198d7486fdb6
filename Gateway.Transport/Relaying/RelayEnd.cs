namespace Gateway.Transport;

/// <summary>How a relay ended.</summary>
public enum RelayEnd : byte
{
    /// <summary>Both sides finished, everything was delivered.</summary>
    Completed,
    /// <summary>One side reset or vanished; the other was reset.</summary>
    Failed,
    /// <summary>Nothing moved for the idle timeout.</summary>
    Idle,
    /// <summary><see cref="Relay.Abort"/>, or the loop stopped.</summary>
    Aborted,
}
