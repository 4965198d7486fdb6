namespace Gateway.Actors.Settings;

/// <summary>ADDRESS ASSOCIATE (draft-kitamura-socks-ipv6-01).</summary>
public sealed record AddressIdSettings
{
    /// <summary>An ID that nobody used for this long is forgotten.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Answer with an ID whatever ADR.PREF asks for, as one reading of the draft has it.</summary>
    public bool AlwaysId { get; init; }
}
