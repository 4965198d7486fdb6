using System.Globalization;

namespace Hocon.Reading;

/// <summary>HOCON, "Conversion of numerically-indexed objects to arrays".</summary>
internal static class NumericKeys
{
    /// <summary>The values under non-negative integer keys, in their order; null if there are none.</summary>
    public static List<T>? Sort<T>(IReadOnlyDictionary<string, T> fields)
    {
        var found = new SortedDictionary<int, T>();
        foreach (var (key, value) in fields)
        {
            if (int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index)) found[index] = value;
        }
        return found.Count == 0 ? null : [.. found.Values];
    }
}
