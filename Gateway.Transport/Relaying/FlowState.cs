namespace Gateway.Transport;

/// <summary>What a flow stopped at.</summary>
internal enum FlowState : byte
{
    /// <summary>Nothing can move until a leg is ready again.</summary>
    Waiting,
    /// <summary>More can move at once; others have their turn first.</summary>
    Yielded,
    /// <summary>The source has finished and all of it was delivered.</summary>
    Finished,
    SourceFailed,
    DestinationFailed,
}
