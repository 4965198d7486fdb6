using Gateway.Actors.Reloading;

namespace Gateway.Actors.Listeners;

/// <summary>Accept no more, and go on with the sessions that live. Answered with <see cref="DoorsClosed"/>.</summary>
internal sealed class CloseDoors
{
    public static CloseDoors Instance { get; } = new();
}

/// <summary>Nobody is accepted any more.</summary>
internal sealed class DoorsClosed
{
    public static DoorsClosed Instance { get; } = new();
}

/// <summary>Accept from sockets that listen already.</summary>
internal sealed record OpenDoors(Doors Doors);

/// <summary>New sessions take other settings, and come through the doors of those. Answered with <see cref="DoorsChanged"/>.</summary>
internal sealed record ChangeDoors(SettingsInForce Settings, DoorChange Doors);

/// <summary>Who is accepted from now on is accepted under the new settings.</summary>
internal sealed class DoorsChanged
{
    public static DoorsChanged Instance { get; } = new();
}
