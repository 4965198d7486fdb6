namespace Gateway.Transport;

/// <summary>How a connection ended.</summary>
public enum CloseKind : byte
{
    /// <summary>By <see cref="Connection.Close"/> or at the end of <see cref="Connection.CloseAfterReply"/>.</summary>
    Closed,
    /// <summary>By <see cref="Connection.Abort"/>: the peer sees a reset.</summary>
    Aborted,
    /// <summary>By the kernel: reset by the peer, timed out, unreachable.</summary>
    Failed,
    /// <summary>The handler threw.</summary>
    Faulted,
    /// <summary>The loop was stopped.</summary>
    LoopStopped,
}
