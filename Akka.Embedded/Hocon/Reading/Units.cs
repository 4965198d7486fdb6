using System.Globalization;

namespace Hocon.Reading;

/// <summary>HOCON, "Units format": durations and sizes in octets.</summary>
internal static class Units
{
    private static readonly string[] Powers = ["", "K", "M", "G", "T", "P", "E"];
    private static readonly string[] DecimalNames = ["", "kilo", "mega", "giga", "tera", "peta", "exa"];
    private static readonly string[] BinaryNames = ["", "kibi", "mebi", "gibi", "tebi", "pebi", "exbi"];

    /// <summary>A number and a unit; without a unit, milliseconds. Not negative.</summary>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = default;
        if (!TrySplit(text, out var amount, out var unit) || TicksPer(unit) is not { } ticks) return false;
        if (amount > TimeSpan.MaxValue.Ticks / ticks) return false;
        duration = TimeSpan.FromTicks((long)Math.Round(amount * ticks, MidpointRounding.ToEven));
        return true;
    }

    /// <summary>A number and a unit; without a unit, octets. <c>kB</c> is 1000, <c>k</c>, <c>K</c> and <c>KiB</c> are 1024.</summary>
    public static bool TrySize(string text, out long octets)
    {
        octets = 0;
        if (!TrySplit(text, out var amount, out var unit) || FactorOf(unit) is not { } factor) return false;
        if (amount > long.MaxValue / factor) return false;
        octets = (long)Math.Truncate(amount * factor);
        return true;
    }

    private static bool TrySplit(string text, out decimal amount, out string unit)
    {
        var end = text.Length;
        while (end > 0 && char.IsAsciiLetter(text[end - 1])) end--;
        unit = text[end..];
        return decimal.TryParse(text.AsSpan(0, end), NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out amount);
    }

    private static decimal? TicksPer(string unit) => unit switch
    {
        "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => 0.01m,
        "us" or "micro" or "micros" or "microsecond" or "microseconds" => TimeSpan.TicksPerMicrosecond,
        "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
        "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
        "m" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
        "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
        "d" or "day" or "days" => TimeSpan.TicksPerDay,
        _ => null,
    };

    private static decimal? FactorOf(string unit)
    {
        if (unit is "" or "b" or "B" or "byte" or "bytes") return 1;
        decimal thousands = 1, binaries = 1;
        for (var power = 1; power < Powers.Length; power++)
        {
            thousands *= 1000;
            binaries *= 1024;
            var letter = Powers[power];
            if (unit == letter || unit == letter.ToLowerInvariant() || unit == letter + "i" || unit == letter + "iB") return binaries;
            if (IsName(unit, BinaryNames[power])) return binaries;
            if (unit == (power == 1 ? "kB" : letter + "B") || IsName(unit, DecimalNames[power])) return thousands;
        }
        return null;
    }

    private static bool IsName(string unit, string name) => unit == name + "byte" || unit == name + "bytes";
}
