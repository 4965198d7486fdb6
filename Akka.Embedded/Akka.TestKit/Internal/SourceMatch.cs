using Akka.Actor;

namespace Akka.TestKit.Internal;

internal static class SourceMatch
{
    /// <summary>Whether <paramref name="wanted"/> is the source of a log event, or its path without the address; null is any.</summary>
    public static bool Holds(string? wanted, string source) =>
        wanted is null
        || string.Equals(wanted, source, StringComparison.OrdinalIgnoreCase)
        || (ActorPath.TryParse(source, out var path)
            && string.Equals(wanted, path.ToStringWithoutAddress(), StringComparison.OrdinalIgnoreCase));
}
