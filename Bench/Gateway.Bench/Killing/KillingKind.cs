namespace Gateway.Bench;

/// <summary>How a node goes.</summary>
internal enum KillingKind
{
    /// <summary>SIGKILL; it is started again.</summary>
    Kill,

    /// <summary>SIGSTOP; its kernel goes on accepting connections.</summary>
    Stop,

    /// <summary>No packet passes between it and any other host.</summary>
    Cut,
}
