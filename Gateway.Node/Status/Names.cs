using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Gateway.Actors.Status;

namespace Gateway.Node.Status;

/// <summary>Values of enumerations as the settings, the API and the metrics write them: <c>awaiting-peer</c>.</summary>
internal static partial class Names
{
    public static FrozenDictionary<string, SessionPhase> Phases { get; } = Enum.GetValues<SessionPhase>().ToFrozenDictionary(Of);

    public static string Of<T>(T value) where T : struct, Enum => Boundary().Replace(value.ToString(), "-$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Boundary();
}
