using System.Collections.Immutable;
using System.Globalization;

namespace Gateway.Node.Status;

/// <summary>
/// How far a reader of several gateways' events is: of each the start of its process and the number of the last event, as in
/// <c>e1:1764558000123:17,r1:1764558001456:4</c>. A gateway that was started anew numbers its events from 1.
/// </summary>
internal sealed record EventPlaces
{
    private readonly ImmutableSortedDictionary<string, Place> _places;

    private EventPlaces(ImmutableSortedDictionary<string, Place> places) => _places = places;

    /// <summary>Nothing was read yet.</summary>
    public static EventPlaces None { get; } = new(ImmutableSortedDictionary.Create<string, Place>(StringComparer.Ordinal));

    /// <summary>At a gateway; null when nothing was read of it.</summary>
    public Place? At(string node) => _places.TryGetValue(node, out var place) ? place : null;

    /// <param name="started">Of the gateway's process.</param>
    public EventPlaces With(string node, DateTimeOffset started, long number) => new(_places.SetItem(node, new(started.ToUnixTimeMilliseconds(), number)));

    /// <summary>False for what <see cref="ToString"/> does not write.</summary>
    public static bool TryParse(string text, out EventPlaces places)
    {
        places = None;
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split(':') is not [var node, var started, var number] || !TryParse(started, out var life) || !TryParse(number, out var last))
                return false;
            places = new(places._places.SetItem(node, new(life, last)));
        }
        return true;

        static bool TryParse(string digits, out long value) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    public override string ToString() =>
        string.Join(',', _places.Select(place => string.Create(CultureInfo.InvariantCulture, $"{place.Key}:{place.Value.Life}:{place.Value.Last}")));

    /// <param name="Life">When the gateway's process started, milliseconds of Unix time.</param>
    /// <param name="Last">The number of the last event that was read.</param>
    public readonly record struct Place(long Life, long Last);
}
