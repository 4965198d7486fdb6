namespace Gateway.Actors.Members;

/// <summary>The node has something new to say of itself: everybody is greeted at once.</summary>
internal sealed class AnnounceNow
{
    public static AnnounceNow Instance { get; } = new();
}

/// <summary>The node leaves, and another process goes on with it at once: nobody need miss it. The answer is <see cref="Akka.Done"/>.</summary>
internal sealed class FallSilent
{
    public static FallSilent Instance { get; } = new();
}

/// <summary>The node leaves for good: everybody is told, and the answer is <see cref="Akka.Done"/>.</summary>
internal sealed class SayFarewell
{
    public static SayFarewell Instance { get; } = new();
}
