using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Gateway.Actors.Status;
using Gateway.Protocol;

namespace Gateway.Node.Status;

/// <summary>Values of enumerations as the settings, the API and the metrics write them: <c>awaiting-peer</c>.</summary>
internal static partial class Names
{
    public static FrozenDictionary<string, SessionPhase> Phases { get; } = Enum.GetValues<SessionPhase>().ToFrozenDictionary(Of);

    public static string Of<T>(T value) where T : struct, Enum => Boundary().Replace(value.ToString(), "-$0").ToLowerInvariant();

    /// <summary>Null for none.</summary>
    public static string? OfFamily(IpFamily family) => family switch { IpFamily.V4 => "ipv4", IpFamily.V6 => "ipv6", _ => null };

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Boundary();
}
