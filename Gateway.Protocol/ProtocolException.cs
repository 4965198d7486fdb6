namespace Gateway.Protocol;

/// <summary>The sender broke the protocol. <see cref="Owed"/> is what it must be sent before the connection is closed.</summary>
public sealed class ProtocolException(ReadStatus violation, ReadOnlyMemory<byte> owed) : Exception(violation.Reason)
{
    /// <summary>The rule that is broken.</summary>
    public ReadStatus Violation { get; } = violation;

    /// <summary>Octets owed to the sender; empty when nothing is owed.</summary>
    public ReadOnlyMemory<byte> Owed { get; } = owed;
}
