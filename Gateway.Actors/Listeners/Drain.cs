namespace Gateway.Actors.Listeners;

/// <summary>Accept no more, let the sessions end by themselves, then stop.</summary>
internal sealed class Drain
{
    public static Drain Instance { get; } = new();
}
