namespace Gateway.Actors.Settings.Reading;

/// <summary>How names of the code are written in settings: <c>LeastSessions</c> is <c>least-sessions</c>.</summary>
internal static class Kebab
{
    public static string Of<T>(T value) where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
