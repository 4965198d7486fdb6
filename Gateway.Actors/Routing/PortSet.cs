using System.Globalization;

namespace Gateway.Actors.Routing;

/// <summary>Some ports: <c>80</c>, <c>1-1023</c>, or several of them.</summary>
public sealed class PortSet
{
    private readonly (ushort First, ushort Last)[] _ranges;

    private PortSet((ushort, ushort)[] ranges) => _ranges = ranges;

    /// <summary>Every port, 0 included.</summary>
    public static PortSet All { get; } = new([(0, ushort.MaxValue)]);

    public bool IsAll => this == All;

    public bool Contains(ushort port)
    {
        foreach (var (first, last) in _ranges)
            if (port >= first && port <= last)
                return true;
        return false;
    }

    /// <exception cref="ArgumentException">There is none.</exception>
    public static PortSet Of(IEnumerable<(ushort First, ushort Last)> ranges)
    {
        var array = ranges.ToArray();
        return array.Length > 0 ? new(array) : throw new ArgumentException("no ports", nameof(ranges));
    }

    /// <summary>Reads one port or one range, from 1 to 65535.</summary>
    public static bool TryParseRange(string text, out (ushort First, ushort Last) range)
    {
        range = default;
        var dash = text.IndexOf('-');
        if (!TryPort(dash < 0 ? text : text.AsSpan(0, dash), out range.First))
            return false;
        if (dash < 0)
            range.Last = range.First;
        else if (!TryPort(text.AsSpan(dash + 1), out range.Last))
            return false;
        return range.First <= range.Last;

        static bool TryPort(ReadOnlySpan<char> text, out ushort port) =>
            ushort.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port > 0;
    }

    public override string ToString() =>
        IsAll ? "all" : string.Join(", ", _ranges.Select(range => range.First == range.Last ? $"{range.First}" : $"{range.First}-{range.Last}"));
}
