namespace Akka.Embedded.Tests.Api;

/// <summary>
/// What the embedded engine shows must stand in the real one's API. The reverse is not asked: the embedded engine is a part.
/// Generic constraints, attributes and nullability are not compared; base types leniently: none may be claimed that the real type has not.
/// </summary>
/// <param name="everywhere">The types of all real assemblies, to follow base types across them.</param>
internal sealed class ApiGuard(IReadOnlyDictionary<string, ApiType> everywhere)
{
    /// <param name="embedded">The types that an assembly shows.</param>
    /// <param name="real">The types of the real assembly of that name.</param>
    /// <returns>One line for each thing that the real assembly has not.</returns>
    public IEnumerable<string> Differences(IEnumerable<ApiType> embedded, IReadOnlyDictionary<string, ApiType> real)
    {
        foreach (var type in embedded)
        {
            if (!real.TryGetValue(type.Name, out var counterpart))
            {
                yield return $"{type.Name}: the real assembly has no such type";
                continue;
            }
            foreach (var difference in Differences(type, counterpart)) yield return $"{type.Name}: {difference}";
        }
    }

    private IEnumerable<string> Differences(ApiType type, ApiType real)
    {
        if (type.Kind != real.Kind) yield return $"is a {type.Kind}, the real one a {real.Kind}";
        if (IsLooser(type.Modifiers, real.Modifiers)) yield return $"is {Or(type.Modifiers, "open")}, the real one {Or(real.Modifiers, "open")}";
        var ancestors = Ancestors(real).ToList();
        foreach (var name in type.Bases.Where(name => !ancestors.Contains(name)))
            yield return $"derives from {name}, the real one from {Or(string.Join(", ", real.Bases), "nothing")}";
        foreach (var member in type.Members)
        {
            if (Problem(member, real) is { } problem) yield return problem;
        }
    }

    private string? Problem(ApiMember member, ApiType real)
    {
        // An override shows nothing new, so it may also stand at a base type, and what everybody overrides stands in no list.
        var candidates = real.Members.Concat(member.Name == ".ctor" ? [] : Lineage(real).SelectMany(type => type.Members)).Where(other => other.Name == member.Name).ToList();
        if (candidates.Exists(other => member.DiffersFrom(other) is null) || IsFromObject(member)) return null;
        return candidates.Count == 0
            ? $"{member}: the real one has no {(member.Name == ".ctor" ? "public or protected constructor" : member.Name)}"
            : $"{member}: the real one has {string.Join(" | ", candidates.Select(other => $"{other} ({member.DiffersFrom(other)})"))}";
    }

    private static bool IsFromObject(ApiMember member) =>
        member is { IsStatic: false, Signature: "string ToString()" or "int GetHashCode()" or "bool Equals(object obj)" };

    /// <summary>A caller may do more with the embedded type than with the real one.</summary>
    private static bool IsLooser(string embedded, string real) => (embedded, real) switch
    {
        ("static", "static") => false,
        ("static", _) or (_, "static") => true,
        ("", "abstract" or "sealed") or ("sealed", "abstract") or ("abstract", "sealed") => true,
        _ => false,
    };

    /// <summary>Base types and interfaces of a real type, of those in turn, and so on.</summary>
    private IEnumerable<string> Ancestors(ApiType type) =>
        type.Bases.Concat(Lineage(type).SelectMany(ancestor => ancestor.Bases));

    private IEnumerable<ApiType> Lineage(ApiType type) => Lineage(type, []);

    private IEnumerable<ApiType> Lineage(ApiType type, HashSet<string> seen)
    {
        foreach (var name in type.Bases)
        {
            if (!seen.Add(name) || !everywhere.TryGetValue(ApiFile.WithArity(name), out var found)) continue;
            var ancestor = found.With(ApiFile.ArgumentsOf(name));
            yield return ancestor;
            foreach (var further in Lineage(ancestor, seen)) yield return further;
        }
    }

    private static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;
}
