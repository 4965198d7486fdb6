using Gateway.Actors.Settings;

namespace Gateway.Actors.Status;

/// <summary>A chain of the settings at one moment.</summary>
/// <param name="Name">In the settings.</param>
/// <param name="Settings">What they say.</param>
/// <param name="Hops">In the order of travel.</param>
/// <param name="WhyNot">Why no way through it stands; null when one does.</param>
public sealed record ChainView(string Name, ChainSettings Settings, IReadOnlyList<ChainHopView> Hops, string? WhyNot)
{
    /// <summary>Some way through it stands, as far as this gateway knows.</summary>
    public bool IsLive => WhyNot is null;
}
