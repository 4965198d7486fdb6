using System.Diagnostics;

namespace Gateway.Actors.Settings;

/// <summary>A text that must never be printed: it shows as <c>***</c> in logs, problems and debuggers, also inside records.</summary>
[DebuggerDisplay("***")]
public sealed class Secret(string value) : IEquatable<Secret>
{
    /// <summary>The text itself, for the one place that needs it.</summary>
    public string Reveal() => value;

    public bool Equals(Secret? other) => other is not null && other.Reveal() == value;

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => "***";
}
