namespace Gateway.Actors.Associations;

/// <summary>How long a chain is left alone after it broke: not at all the first time, then for 1 s, and twice as long each time, up to 16 s.</summary>
/// <param name="Breaks">In a row.</param>
internal readonly record struct RetryPause(int Breaks)
{
    private const int Longest = 6;

    /// <summary>A chain that stood that long begins anew.</summary>
    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(1);

    public TimeSpan Length => Breaks <= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds(1 << (Breaks - 2));

    /// <summary>It was lost after it had stood for <paramref name="stood"/>.</summary>
    public RetryPause AfterLoss(TimeSpan stood) => stood >= Lasting ? new(1) : new(Math.Min(Breaks + 1, Longest));

    /// <summary>No way was found; that took its time, and would be the same at once.</summary>
    public RetryPause AfterFailure() => new(Math.Clamp(Breaks + 1, 2, Longest));
}
