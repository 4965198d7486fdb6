using System.Text.RegularExpressions;

namespace Akka.Embedded.Tests.Api;

/// <summary>Reads a list of a real assembly's public API.</summary>
internal static partial class ApiFile
{
    public static IReadOnlyDictionary<string, ApiType> Read(string path) => Parse(File.ReadAllLines(path));

    public static IReadOnlyDictionary<string, ApiType> Parse(IEnumerable<string> lines)
    {
        var types = new Dictionary<string, ApiType>();
        var scopes = new Stack<(string Path, ApiType? Type)>();
        var text = "";
        var inAttribute = false;
        foreach (var line in lines.Select(line => line.Trim()))
        {
            if (line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal)) continue;
            if (inAttribute || (text.Length == 0 && line[0] == '['))
            {
                inAttribute = !line.EndsWith(']');
            }
            else if (line == "{")
            {
                Open(text);
                text = "";
            }
            else if (line == "}")
            {
                scopes.Pop();
            }
            else
            {
                text = text.Length == 0 ? line : text + " " + line;
                if (!IsWhole(line, scopes)) continue;
                Declare(text);
                text = "";
            }
        }
        return types;

        void Open(string header)
        {
            if (header.StartsWith("namespace ", StringComparison.Ordinal)) scopes.Push((header["namespace ".Length..], null));
            else scopes.Push(AddType(header));
        }

        void Declare(string declaration)
        {
            if (TypeHeader().IsMatch(declaration) || declaration.Contains(" delegate ", StringComparison.Ordinal)) AddType(declaration);
            else if (scopes.Peek().Type is { } type) AddMember(type, declaration);
        }

        (string Path, ApiType? Type) AddType(string header)
        {
            var type = Type(header, scopes.Peek().Path);
            types[type.Name] = type;
            return (ArityMark().Replace(type.Name, ""), type);
        }
    }

    private static bool IsWhole(string line, Stack<(string Path, ApiType? Type)> scopes) =>
        line[^1] is '}' or ';' || (line[^1] == ',' && scopes.Count > 0 && scopes.Peek().Type?.Kind == "enum");

    private static void AddMember(ApiType type, string text)
    {
        var simpleName = ArityMark().Replace(type.Name, "").Split('.')[^1];
        if (type.Kind == "enum")
        {
            if (EnumValue(type, text) is { } value) type.Members.Add(value);
        }
        else
        {
            var member = ApiText.Member(text, simpleName, type.Kind == "interface");
            if (type.Kind != "delegate" || member.Name == "Invoke") type.Members.Add(member);
        }
    }

    /// <summary>One generator writes <c>Name = 3,</c>, the other a field per name in their order.</summary>
    private static ApiMember? EnumValue(ApiType type, string text)
    {
        if (text.Contains("value__", StringComparison.Ordinal)) return null;
        var name = text.TrimEnd(',', ';').Split(' ')[^1];
        var signature = text.Contains('=', StringComparison.Ordinal) ? text.TrimEnd(',') : $"{name} = {type.Members.Count}";
        return new ApiMember(signature.Split(' ')[0], signature, "public", true, false);
    }

    private static ApiType Type(string header, string path)
    {
        var text = ApiText.Normalize(header);
        if (header.Contains(" delegate ", StringComparison.Ordinal) && !header.Contains("MulticastDelegate", StringComparison.Ordinal))
            return Delegate(text, path);
        var match = TypeParts().Match(text);
        if (!match.Success) throw new FormatException($"not a type: {header}");
        var modifiers = match.Groups["before"].Value + match.Groups["after"].Value;
        var modifier = new[] { "static", "abstract", "sealed" }.FirstOrDefault(modifiers.Contains) ?? "";
        var bases = match.Groups["bases"].Success ? Split(match.Groups["bases"].Value) : [];
        return new ApiType($"{path}.{WithArity(match.Groups["name"].Value)}", match.Groups["kind"].Value, modifier, ArgumentsOf(match.Groups["name"].Value), bases, []);
    }

    private static ApiType Delegate(string text, string path)
    {
        ApiText.TakeModifiers(ref text);
        text = text["delegate ".Length..];
        var call = text.IndexOf('(', StringComparison.Ordinal);
        var name = DelegateName().Match(text[..call]);
        var invoke = $"{text[..name.Index].Trim()} Invoke{text[call..]}";
        return new ApiType($"{path}.{WithArity(name.Value)}", "delegate", "", [], [], [new ApiMember("Invoke", invoke, "public", false, true)]);
    }

    /// <summary>A name as the key of its type: <c>A.B&lt;T&gt;</c> is <c>A.B`1</c>.</summary>
    public static string WithArity(string name)
    {
        var open = name.IndexOf('<', StringComparison.Ordinal);
        return open < 0 ? name : $"{name[..open]}`{ArgumentsOf(name).Count}";
    }

    /// <summary>What stands between the angle brackets of a name, without <c>in</c> and <c>out</c>.</summary>
    public static List<string> ArgumentsOf(string name)
    {
        var open = name.IndexOf('<', StringComparison.Ordinal);
        return open < 0
            ? [] : [.. Split(name[(open + 1)..^1]).Select(argument => argument.Split(' ') is [("in" or "out"), var bare] ? bare : argument)];
    }

    /// <summary>Splits at the commas that stand in no brackets.</summary>
    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var (start, depth) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '<' => 1, '>' => -1, _ => 0 };
            if (text[i] != ',' || depth > 0) continue;
            parts.Add(text[start..i].Trim());
            start = i + 1;
        }
        parts.Add(text[start..].Trim());
        return parts;
    }

    [GeneratedRegex(@"^(public|protected)\s[\w\s]*\b(class|struct|interface|enum)\s")]
    private static partial Regex TypeHeader();

    [GeneratedRegex(@"^(?<before>[\w\s]*?)\b(?<kind>class|struct|interface|enum|delegate)\s+(?<after>static\s+)?(?<name>[\w]+(?:<[^>]*>)?)(?:\s*:\s*(?<bases>.*))?$")]
    private static partial Regex TypeParts();

    [GeneratedRegex(@"\w+(?:<[\w, ]*>)?$")]
    private static partial Regex DelegateName();

    [GeneratedRegex(@"`\d+")]
    private static partial Regex ArityMark();
}
