namespace Akka.Embedded.Tests.Api;

/// <summary>One member in a form that both sources of it, the text and the reflection, are brought to.</summary>
/// <param name="Name">For the search after a likely meant member; a constructor is called like its type.</param>
/// <param name="Signature">Type, name and parameters with their names and defaults: <c>string GetString(string path, string default =
/// null)</c>.</param>
/// <param name="Access">public or protected.</param>
/// <param name="IsStatic">Constants are static.</param>
/// <param name="IsOverridable">abstract, virtual or override, and not sealed.</param>
/// <param name="Accessors">What a property has: get, set.</param>
internal sealed record ApiMember(string Name, string Signature, string Access, bool IsStatic, bool IsOverridable, string Accessors = "")
{
    public override string ToString() =>
        $"{Access} {(IsStatic ? "static " : "")}{Signature}{(Accessors.Length > 0 ? $" {{ {Accessors} }}" : "")}";

    /// <summary>Why this member of the embedded engine is not that one of the real engine; null if it is.</summary>
    public string? DiffersFrom(ApiMember real)
    {
        if (Signature != real.Signature) return "another signature";
        if (Access != real.Access) return $"is {real.Access}";
        if (IsStatic != real.IsStatic) return real.IsStatic ? "is static" : "is not static";
        if (IsOverridable && !real.IsOverridable) return "cannot be overridden";
        var missing = Accessors.Split(' ').Except(real.Accessors.Split(' ')).ToList();
        return missing.Count > 0 ? $"has only {real.Accessors}" : null;
    }
}
