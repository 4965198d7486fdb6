using System.Text.RegularExpressions;

namespace Akka.Embedded.Tests.Api;

/// <summary>One type with the members that it declares itself.</summary>
/// <param name="Name">Full name with the number of type arguments, those of the types around it included:
/// <c>Akka.Actor.FSM.Transition`3</c>.</param>
/// <param name="Kind">class, struct, interface, enum or delegate.</param>
/// <param name="Modifiers">abstract, sealed or static; empty if none.</param>
/// <param name="Parameters">The names of its type parameters.</param>
/// <param name="Bases">Base type and interfaces as written, type arguments included.</param>
/// <param name="Members">For a delegate its one <c>Invoke</c>.</param>
internal sealed record ApiType(string Name, string Kind, string Modifiers, IReadOnlyList<string> Parameters, IReadOnlyList<string> Bases, List<ApiMember> Members)
{
    /// <summary>The type with arguments in place of its parameters, as a derived type sees it.</summary>
    public ApiType With(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0 || arguments.Count != Parameters.Count) return this;
        return this with
        {
            Bases = [.. Bases.Select(Substitute)],
            Members = [.. Members.Select(member => member with { Signature = Substitute(member.Signature) })],
        };

        string Substitute(string text) => Regex.Replace(text, @"(?<![\w.])\w+(?![\w.])", match =>
        {
            var index = Parameters.ToList().IndexOf(match.Value);
            return index < 0 ? match.Value : arguments[index];
        });
    }
}
