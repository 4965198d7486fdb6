using Gateway.Actors.Members;

namespace Gateway.Actors.AddressIds;

/// <summary>Copies on their way to members, until each of these has answered or is gone.</summary>
/// <param name="number">Of the message.</param>
/// <param name="copies">What it tells.</param>
/// <param name="awaited">Whose answers are missing.</param>
/// <param name="then">What follows when they are there.</param>
internal sealed class AddressIdDelivery(long number, AddressIdCopy[] copies, IEnumerable<Incarnation> awaited, Action? then)
{
    public long Number => number;

    public AddressIdCopy[] Copies => copies;

    public HashSet<Incarnation> Awaited { get; } = [.. awaited];

    public Action? Then => then;

    /// <summary>It was on its way already when somebody looked for what has to be sent again.</summary>
    public bool IsLate { get; set; }

    public AddressIdsTold Message => new(number, [.. copies]);
}
