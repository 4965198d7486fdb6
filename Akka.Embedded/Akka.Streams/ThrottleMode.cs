namespace Akka.Streams;

/// <summary>What happens to an element that comes too early.</summary>
public enum ThrottleMode
{
    /// <summary>It waits.</summary>
    Shaping,

    /// <summary>The stream fails with an <see cref="OverflowException"/>.</summary>
    Enforcing,
}
