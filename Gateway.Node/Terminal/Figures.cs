using System.Globalization;

namespace Gateway.Node.Terminal;

/// <summary>Numbers, sizes and times as a person reads them in a narrow column.</summary>
internal static class Figures
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB", "PB"];

    /// <summary><c>12,345</c></summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>999 B</c>, <c>1.2 kB</c>, <c>34 MB</c>: steps of a thousand.</summary>
    public static string Octets(double octets)
    {
        var unit = 0;
        // What would be rounded up to 1000 belongs to the next unit.
        for (; octets >= 999.5 && unit < Units.Length - 1; unit++)
            octets /= 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{(unit == 0 || octets >= 9.95 ? octets.ToString("0", CultureInfo.InvariantCulture) : octets.ToString("0.0", CultureInfo.InvariantCulture))} {Units[unit]}");
    }

    /// <summary><c>0.3</c>, <c>12</c>; nothing for none.</summary>
    public static string Rate(double perSecond) =>
        perSecond == 0 ? "" : perSecond.ToString(perSecond < 9.95 ? "0.0" : "N0", CultureInfo.InvariantCulture);

    /// <summary>Octets in a second; nothing for none.</summary>
    public static string OctetRate(double perSecond) => perSecond < 0.5 ? "" : $"{Octets(perSecond)}/s";

    /// <summary><c>7s</c>, <c>12m</c>, <c>3h</c>, <c>5d</c>.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (long)age.TotalSeconds)}s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(long)age.TotalMinutes}m"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{(long)age.TotalHours}h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)age.TotalDays}d"),
    };

    /// <summary><c>12 ms</c>, <c>1.5 s</c></summary>
    public static string Milliseconds(double ms) => ms < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{ms:0.##} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{ms / 1000:0.#} s");
}
