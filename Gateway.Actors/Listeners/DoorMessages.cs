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
