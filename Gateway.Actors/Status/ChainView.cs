using Gateway.Actors.Settings;

namespace Gateway.Actors.Status;

/// <summary>A chain of the settings at one moment.</summary>
/// <param name="Name">In the settings.</param>
/// <param name="Settings">What they say.</param>
/// <param name="Hops">In the order of travel.</param>
/// <param name="WhyNot">Why no way through it stands; null when one does.</param>
/// <param name="IsForOthers">Nobody but this gateway has the role of a hop: it is that hop, and the chain never begins here.</param>
public sealed record ChainView(string Name, ChainSettings Settings, IReadOnlyList<ChainHopView> Hops, string? WhyNot, bool IsForOthers)
{
    /// <summary>Some way through it stands, as far as this gateway knows.</summary>
    public bool IsLive => WhyNot is null;

    /// <summary>There should be a way and is none. All gateways may share their settings, and a chain's only relay would wait for itself.</summary>
    public bool IsMissed => !IsLive && !IsForOthers;
}
