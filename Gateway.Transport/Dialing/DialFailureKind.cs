namespace Gateway.Transport;

/// <summary>Why no connection came about.</summary>
public enum DialFailureKind : byte
{
    /// <summary>The name does not exist, or has no address.</summary>
    NameNotFound,
    /// <summary>The resolver did not answer, or has too much to do.</summary>
    NameUnavailable,
    /// <summary>The name has addresses, but none of a family that is wished for and can be used.</summary>
    FamilyUnavailable,
    /// <summary>The caller's judge allowed none of the addresses.</summary>
    NotAllowed,
    Refused,
    NetworkUnreachable,
    HostUnreachable,
    TimedOut,
    /// <summary>This machine is out of descriptors, ports or memory, or the egress address is not its own.</summary>
    LocalTrouble,
    /// <summary>Any other error of the kernel.</summary>
    Failed,
}
