using System.Globalization;

namespace Hocon.Reading;

/// <summary>
/// Values as the types that callers ask for. Every problem is a <see cref="FormatException"/> that says where the value was written.
/// </summary>
internal static class ValueReader
{
    /// <returns>Null for <c>null</c>.</returns>
    public static string? Text(Value value) => value switch
    {
        ScalarValue { Kind: ScalarKind.Null } => null,
        ScalarValue scalar => scalar.Text,
        _ => throw Wrong(value, "a text"),
    };

    public static bool Boolean(Value value) => (value as ScalarValue)?.Text switch
    {
        "true" or "on" or "yes" => true,
        "false" or "off" or "no" => false,
        _ => throw Wrong(value, "true or false"),
    };

    public static long Long(Value value) => IsInteger(value, out var number) ? number : throw Wrong(value, "a whole number");

    public static int Int(Value value) => (int)InRange(value, int.MinValue, int.MaxValue);

    public static byte Byte(Value value) => (byte)InRange(value, byte.MinValue, byte.MaxValue);

    public static double Double(Value value) =>
        value is ScalarValue scalar && TryDouble(scalar.Text, out var number) ? number
        : IsInteger(value, out var integer) ? integer : throw Wrong(value, "a number");

    public static float Float(Value value) => (float)Double(value);

    public static decimal Decimal(Value value) =>
        value is ScalarValue scalar && decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number : throw Wrong(value, "a number");

    /// <summary>A list, or an object with numeric keys.</summary>
    public static IReadOnlyList<Value> List(Value value) => value switch
    {
        ListValue list => list.Items,
        ObjectValue fields when NumericKeys.Sort(fields.Fields) is { } items => items,
        _ => throw Wrong(value, "a list"),
    };

    public static IList<T> ListOf<T>(Value value, Func<Value, T> read) => List(value).Select(read).ToList();

    public static TimeSpan Duration(Value value, bool allowInfinite)
    {
        var text = (value as ScalarValue)?.Text.Trim();
        if (allowInfinite && "infinite".Equals(text, StringComparison.OrdinalIgnoreCase)) return Timeout.InfiniteTimeSpan;
        return text is not null && Units.TryDuration(text, out var duration)
            ? duration : throw Wrong(value, "a duration (250ms, 15s, 5m, 2h, 1d; a bare number is milliseconds)");
    }

    /// <summary>Octets.</summary>
    public static long Size(Value value) =>
        value is ScalarValue scalar && Units.TrySize(scalar.Text.Trim(), out var size)
            ? size : throw Wrong(value, "a size (512B, 64KiB, 10MB; a bare number is octets)");

    public static bool IsNumber(string text) => TryDouble(text, out _) || TryHex(text, out _);

    public static string Describe(Value value) => value switch
    {
        ObjectValue => "an object",
        ListValue => "a list",
        ScalarValue { Kind: ScalarKind.Null } => "null",
        ScalarValue scalar => $"'{scalar.Text}'",
        _ => "nothing",
    };

    private static long InRange(Value value, long least, long most)
    {
        var number = Long(value);
        return number >= least && number <= most
            ? number
            : throw Wrong(value, $"a whole number from {least} to {most}");
    }

    private static bool IsInteger(Value value, out long number)
    {
        number = 0;
        if (value is not ScalarValue scalar) return false;
        if (long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)) return true;
        if (TryHex(scalar.Text, out number)) return true;
        if (!TryDouble(scalar.Text, out var real) || real != Math.Floor(real) || Math.Abs(real) >= long.MaxValue) return false;
        number = (long)real;
        return true;
    }

    private static bool TryDouble(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite), CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number);

    private static bool TryHex(string text, out long number)
    {
        number = 0;
        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }

    public static FormatException Wrong(Value value, string expected) =>
        new($"{value.Origin}: {expected} is expected, not {Describe(value)}");
}
