using System.Text;

namespace Hocon.Reading;

/// <summary>Values as HOCON text that every parser of it reads back to the same values.</summary>
internal static class Printer
{
    private const int Indent = 2;

    public static string Print(Value value)
    {
        var text = new StringBuilder();
        // A root object needs no braces, and both parsers of Akka.NET read it best without.
        if (value is ObjectValue root) PrintFields(text, root, 0);
        else Print(text, value, 0);
        return text.ToString();
    }

    /// <summary>A value as it stands behind a key: objects in braces.</summary>
    public static string PrintInner(Value value)
    {
        var text = new StringBuilder();
        Print(text, value, 0);
        return text.ToString();
    }

    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                < ' ' => quoted.Append($"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }
        return quoted.Append('"').ToString();
    }

    private static void Print(StringBuilder text, Value value, int depth)
    {
        switch (value)
        {
            case ScalarValue scalar:
                text.Append(Scalar(scalar));
                break;
            case ListValue list:
                PrintList(text, list, depth);
                break;
            case ObjectValue fields:
                text.Append("{\n");
                PrintFields(text, fields, depth + 1);
                text.Append(' ', depth * Indent).Append('}');
                break;
        }
    }

    private static void PrintList(StringBuilder text, ListValue list, int depth)
    {
        text.Append('[');
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (i > 0) text.Append(", ");
            Print(text, list.Items[i], depth);
        }
        text.Append(']');
    }

    private static void PrintFields(StringBuilder text, ObjectValue fields, int depth)
    {
        foreach (var (key, value) in fields.Fields)
        {
            text.Append(' ', depth * Indent).Append(PathText.RenderKey(key)).Append(" : ");
            Print(text, value, depth);
            text.Append('\n');
        }
    }

    private static string Scalar(ScalarValue scalar) => scalar.Kind switch
    {
        ScalarKind.Null => "null",
        ScalarKind.Unquoted when scalar.Text is "true" or "false" or "on" or "off" or "yes" or "no" || ValueReader.IsNumber(scalar.Text) =>
            scalar.Text,
        _ => Quote(scalar.Text),
    };
}
