using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Gateway.Actors.Routing;

/// <summary>A destination by name: <c>www.lab.example</c> is that name alone, <c>*.lab.example</c> every name below it but not itself.</summary>
public sealed class NamePattern
{
    private readonly byte[] _name;
    private readonly bool _below;

    private NamePattern(byte[] name, bool below) => (_name, _below) = (name, below);

    /// <summary>Compares octets, with ASCII letters in either case; a final dot means nothing.</summary>
    public bool Matches(ReadOnlySpan<byte> name)
    {
        name = name.TrimEnd((byte)'.');
        if (!_below)
            return Ascii.EqualsIgnoreCase(name, _name);
        return name.Length > _name.Length + 1
            && name[^(_name.Length + 1)] == '.'
            && Ascii.EqualsIgnoreCase(name[^_name.Length..], _name);
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out NamePattern? pattern)
    {
        var below = text.StartsWith("*.", StringComparison.Ordinal);
        var name = (below ? text[2..] : text).TrimEnd('.');
        var fits = name.Length is > 0 and <= 253 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' || c > 127)
            && name.Split('.').All(label => label.Length is > 0 and <= 63);
        pattern = fits ? new NamePattern(Encoding.UTF8.GetBytes(name.ToLowerInvariant()), below) : null;
        return fits;
    }

    public override string ToString() => (_below ? "*." : "") + Encoding.UTF8.GetString(_name);
}
