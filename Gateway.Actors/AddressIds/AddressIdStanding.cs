namespace Gateway.Actors.AddressIds;

/// <summary>What one gateway says of an allocation to another.</summary>
internal enum AddressIdStanding : byte
{
    /// <summary>It is being given: whoever knows the REALID for something else refuses it.</summary>
    New = 0,

    /// <summary>The client has it.</summary>
    Living = 1,

    /// <summary>It was given for two things at once, and stands for nothing.</summary>
    Contested = 2,

    /// <summary>It was not given after all.</summary>
    Withdrawn = 3,
}
