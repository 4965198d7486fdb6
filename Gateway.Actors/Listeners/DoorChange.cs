namespace Gateway.Actors.Listeners;

/// <summary>From the doors of some settings to those of others.</summary>
/// <param name="After">All doors of the new settings.</param>
/// <param name="Kept">By the number that a door had: the same sockets under the new settings.</param>
/// <param name="Opened">Those of <paramref name="After"/> that were not there before.</param>
/// <param name="Closed">Those that the new settings do not have.</param>
internal sealed record DoorChange(Doors After, IReadOnlyDictionary<int, Door> Kept, Doors Opened, IReadOnlyList<Door> Closed);
