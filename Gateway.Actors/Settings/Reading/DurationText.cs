using System.Globalization;

namespace Gateway.Actors.Settings.Reading;

/// <summary>Durations as HOCON writes them: <c>10s</c>, <c>250 ms</c>, <c>5 minutes</c>; a bare number is milliseconds.</summary>
internal static class DurationText
{
    private static readonly Dictionary<string, double> TicksOf = Units();

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        text = text.Trim();
        var digits = text.AsSpan().IndexOfAnyExcept("0123456789.");
        var number = digits < 0 ? text : text[..digits];
        var unit = digits < 0 ? "ms" : text[digits..].Trim();
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return false;
        if (!TicksOf.TryGetValue(unit, out var ticks) || value * ticks > TimeSpan.FromDays(3650).Ticks)
            return false;
        duration = TimeSpan.FromTicks((long)(value * ticks));
        return true;
    }

    /// <summary>The shortest form that <see cref="TryParse"/> reads back.</summary>
    public static string Format(TimeSpan duration) => duration switch
    {
        { Ticks: 0 } => "0s",
        _ when duration.Ticks % TimeSpan.TicksPerHour == 0 => $"{duration.Ticks / TimeSpan.TicksPerHour}h",
        _ when duration.Ticks % TimeSpan.TicksPerMinute == 0 => $"{duration.Ticks / TimeSpan.TicksPerMinute}m",
        _ when duration.Ticks % TimeSpan.TicksPerSecond == 0 => $"{duration.Ticks / TimeSpan.TicksPerSecond}s",
        _ => $"{duration.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)}ms",
    };

    private static Dictionary<string, double> Units()
    {
        Dictionary<string, double> units = [];
        Add(0.01, "ns", "nano", "nanos", "nanosecond", "nanoseconds");
        Add(TimeSpan.TicksPerMicrosecond, "us", "micro", "micros", "microsecond", "microseconds");
        Add(TimeSpan.TicksPerMillisecond, "ms", "milli", "millis", "millisecond", "milliseconds");
        Add(TimeSpan.TicksPerSecond, "s", "second", "seconds");
        Add(TimeSpan.TicksPerMinute, "m", "minute", "minutes");
        Add(TimeSpan.TicksPerHour, "h", "hour", "hours");
        Add(TimeSpan.TicksPerDay, "d", "day", "days");
        return units;

        void Add(double ticks, params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
                units[name] = ticks;
        }
    }
}
