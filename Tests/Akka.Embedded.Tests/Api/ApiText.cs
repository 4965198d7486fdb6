using System.Text.RegularExpressions;

namespace Akka.Embedded.Tests.Api;

/// <summary>
/// Brings one declaration of an api file to the common form. The files come from two generators, so there are two spellings of much.
/// </summary>
internal static partial class ApiText
{
    private static readonly Dictionary<string, string> Keywords = new()
    {
        ["System.Void"] = "void", ["System.Object"] = "object", ["System.String"] = "string", ["System.Boolean"] = "bool", ["System.Char"] = "char",
        ["System.Byte"] = "byte", ["System.SByte"] = "sbyte", ["System.Int16"] = "short", ["System.UInt16"] = "ushort", ["System.Int32"] = "int",
        ["System.UInt32"] = "uint", ["System.Int64"] = "long", ["System.UInt64"] = "ulong", ["System.Single"] = "float", ["System.Double"] = "double",
        ["System.Decimal"] = "decimal",
    };

    private static readonly Dictionary<string, string> Operators = new()
    {
        [" +("] = " op_Addition(", [" -("] = " op_Subtraction(", [" /("] = " op_Division(", [" ==("] = " op_Equality(", [" !=("] = " op_Inequality(", [" <("] = " op_LessThan(",
        [" >("] = " op_GreaterThan(", [" <=("] = " op_LessThanOrEqual(", [" >=("] = " op_GreaterThanOrEqual(", [" &("] = " op_BitwiseAnd(", [" |("] = " op_BitwiseOr(",
    };

    public static string TypeName(string name) => Keywords.GetValueOrDefault(name, name);

    /// <param name="text">A whole declaration on one line.</param>
    /// <param name="typeName">The simple name of the type around it, which is its constructors' name.</param>
    /// <param name="inInterface">Members of an interface are public without saying so.</param>
    public static ApiMember Member(string text, string typeName, bool inInterface)
    {
        text = Normalize(text);
        var modifiers = TakeModifiers(ref text);
        var accessors = "";
        if (Accessors().Match(text) is { Success: true } found)
        {
            accessors = string.Join(' ', found.Groups[1].Captures.Select(capture => capture.Value));
            text = text[..found.Index];
        }
        var isConstant = modifiers.Contains("const");
        // A field's value is part of its signature only if it is a constant, which the compiler copies into the caller.
        var signature = modifiers.Contains("event") ? "event " + text : text;
        return new ApiMember(
            NameOf(signature, typeName),
            signature,
            modifiers.Contains("protected") ? "protected" : "public",
            modifiers.Contains("static") || isConstant,
            inInterface || (!modifiers.Contains("sealed") && modifiers.Intersect(["abstract", "virtual", "override"]).Any()),
            accessors);
    }

    public static List<string> TakeModifiers(ref string text)
    {
        var modifiers = new List<string>();
        while (Modifier().Match(text) is { Success: true } match)
        {
            modifiers.Add(match.Groups[1].Value);
            text = text[match.Length..];
        }
        return modifiers;
    }

    public static string Normalize(string text)
    {
        text = Attribute().Replace(text, "");
        text = Constraint().Replace(text, "");
        text = Body().Replace(text, "");
        text = Primitive().Replace(text, match => Keywords.GetValueOrDefault(match.Value, match.Value));
        // An array's element type is written without what stands before it and without its type arguments.
        text = ArrayType().Replace(text, "$1[]");
        text = ConstantValue().Replace(text, match => match.Groups[1].Success ? " = " + match.Groups[1].Value : match.Value == " = true" ? " = True" : " = False");
        text = ReferenceMark().Replace(text, "$1");
        text = text.Replace("\" + \"", "").Replace("\\\"", "\"").Replace("\\'", "'").Replace("(this ", "(");
        return Operators.Aggregate(text, (current, pair) => current.Replace(pair.Key, pair.Value)).Trim();
    }

    public static string NameOf(string signature, string typeName)
    {
        if (signature.Contains(" this[")) return "Item";
        var head = signature.Split(" = ")[0];
        var call = head.IndexOf('(');
        if (call >= 0) head = head[..call];
        var generic = GenericArguments().Match(head);
        if (call >= 0 && generic.Success) head = head[..generic.Index];
        var name = head[(head.LastIndexOf(' ') + 1)..];
        return name == typeName ? ".ctor" : name;
    }

    [GeneratedRegex(@"^(public|protected|internal|private|static|abstract|virtual|override|sealed|new|readonly|const|event|async|unsafe)\s+")]
    private static partial Regex Modifier();

    [GeneratedRegex(@"\[System\.[\w.]+Attribute(\((?:[^()]|\([^()]*\))*\))?\]\s*")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\s+where\s.*?(?=\s*\{ \}$|;$|$)")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\s*(\{ \}|;)$")]
    private static partial Regex Body();

    [GeneratedRegex(@"\bSystem\.\w+\b(?!\.)")]
    private static partial Regex Primitive();

    [GeneratedRegex(@"(?:\w+\.)*(\w+)(?:<[, ]*>)?\[\]")]
    private static partial Regex ArrayType();

    [GeneratedRegex(@"(?<=[\w>\]])&(?= )|@(\w)")]
    private static partial Regex ReferenceMark();

    [GeneratedRegex(@" = (?:(\d+)u|true|false)$")]
    private static partial Regex ConstantValue();

    [GeneratedRegex(@"\s*\{ (?:(get|set); )+\}$")]
    private static partial Regex Accessors();

    [GeneratedRegex(@"<[^ ]*(?:, [^ ]*)*>$")]
    private static partial Regex GenericArguments();
}
